ALTER TABLE "notices" ADD COLUMN "phases" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "units" ADD COLUMN "phase" text;--> statement-breakpoint
CREATE INDEX "units_phase" ON "units" USING btree ("tenant_id","development_id","phase");--> statement-breakpoint
ALTER TABLE "notices" ADD CONSTRAINT "notices_phases_bounded" CHECK (cardinality("notices"."phases") <= 50);--> statement-breakpoint
ALTER TABLE "units" ADD CONSTRAINT "units_phase_length" CHECK (length("units"."phase") between 1 and 40);