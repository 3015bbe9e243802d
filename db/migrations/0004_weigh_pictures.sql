ALTER TABLE "brandings" ADD COLUMN "logo_bytes" bigint;--> statement-breakpoint
ALTER TABLE "snags" ADD COLUMN "photo_bytes" bigint;--> statement-breakpoint
ALTER TABLE "storage_use" ADD COLUMN "picture_bytes" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "storage_use" ADD COLUMN "export_bytes" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "snags_unweighed" ON "snags" USING btree ("tenant_id","id") WHERE photo_id is not null and photo_bytes is null;--> statement-breakpoint
ALTER TABLE "brandings" ADD CONSTRAINT "brandings_logo_weighs_something" CHECK ("brandings"."logo_bytes" >= 0);--> statement-breakpoint
ALTER TABLE "snags" ADD CONSTRAINT "snags_photo_weighs_something" CHECK ("snags"."photo_bytes" >= 0);--> statement-breakpoint
ALTER TABLE "storage_use" ADD CONSTRAINT "storage_use_parts_positive" CHECK ("storage_use"."picture_bytes" >= 0 and "storage_use"."export_bytes" >= 0);