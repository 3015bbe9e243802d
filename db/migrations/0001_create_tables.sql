CREATE TABLE "acknowledgements" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"development_id" uuid NOT NULL,
	"document_id" uuid NOT NULL,
	"version_id" uuid NOT NULL,
	"version_number" integer NOT NULL,
	"unit_id" uuid NOT NULL,
	"reader_id" uuid NOT NULL,
	"ip_address" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "acknowledgements_tenant_id_id_key" UNIQUE("tenant_id","id"),
	CONSTRAINT "acknowledgements_reader_key" UNIQUE("tenant_id","document_id","reader_id","version_number"),
	CONSTRAINT "acknowledgements_version_positive" CHECK ("acknowledgements"."version_number" > 0)
);
--> statement-breakpoint
CREATE TABLE "activity_chains" (
	"chain_id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid,
	"sequence" bigint NOT NULL,
	"hash" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "activity_log" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid,
	"actor_type" text NOT NULL,
	"actor_id" text NOT NULL,
	"action" text NOT NULL,
	"target_type" text NOT NULL,
	"target_id" text NOT NULL,
	"payload_sha256" "bytea" NOT NULL,
	"request_id" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "activity_log_tenant_id_id_key" UNIQUE("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "activity_payloads" (
	"activity_id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid,
	"salt" "bytea" NOT NULL,
	"payload" text NOT NULL,
	"ip_address" text
);
--> statement-breakpoint
CREATE TABLE "activity_seals" (
	"chain_id" uuid NOT NULL,
	"sequence" bigint NOT NULL,
	"tenant_id" uuid,
	"activity_id" uuid NOT NULL,
	"hash" "bytea" NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "activity_seals_pkey" PRIMARY KEY("chain_id","sequence"),
	CONSTRAINT "activity_seals_activity_id_key" UNIQUE("activity_id"),
	CONSTRAINT "activity_seals_sequence_positive" CHECK ("activity_seals"."sequence" > 0)
);
--> statement-breakpoint
CREATE TABLE "activity_unsealed" (
	"activity_id" uuid PRIMARY KEY NOT NULL
);
--> statement-breakpoint
CREATE TABLE "alert_readings" (
	"rule" text PRIMARY KEY NOT NULL,
	"evaluated_at" timestamp (3) with time zone NOT NULL,
	"firing_since" timestamp (3) with time zone,
	"burn_short" double precision NOT NULL,
	"burn_long" double precision NOT NULL,
	"bad_count" integer NOT NULL,
	"total_count" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "announcement_dismissals" (
	"session_id" uuid NOT NULL,
	"announcement_id" uuid NOT NULL,
	"dismissed_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "announcement_dismissals_pkey" PRIMARY KEY("session_id","announcement_id")
);
--> statement-breakpoint
CREATE TABLE "announcements" (
	"id" uuid PRIMARY KEY NOT NULL,
	"message" text NOT NULL,
	"audience" text NOT NULL,
	"tone" text DEFAULT 'plain' NOT NULL,
	"starts_at" timestamp (3) with time zone NOT NULL,
	"ends_at" timestamp (3) with time zone NOT NULL,
	"dismissable_at" timestamp (3) with time zone,
	"withdrawn_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "announcements_message_length" CHECK (length("announcements"."message") between 1 and 500),
	CONSTRAINT "announcements_span_forward" CHECK ("announcements"."starts_at" < "announcements"."ends_at"),
	CONSTRAINT "announcements_audience_known" CHECK ("announcements"."audience" in ('everyone','staff','purchasers')),
	CONSTRAINT "announcements_tone_known" CHECK ("announcements"."tone" in ('plain','warning'))
);
--> statement-breakpoint
CREATE TABLE "api_keys" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"name" text NOT NULL,
	"prefix" text NOT NULL,
	"key_hash" text NOT NULL,
	"scopes" text[] NOT NULL,
	"allowed_origins" text[] DEFAULT '{}' NOT NULL,
	"requests_per_minute" integer NOT NULL,
	"revoked_at" timestamp (3) with time zone,
	"last_used_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "api_keys_key_hash_key" UNIQUE("key_hash"),
	CONSTRAINT "api_keys_tenant_id_id_key" UNIQUE("tenant_id","id"),
	CONSTRAINT "api_keys_allowed_origins_few" CHECK (cardinality("api_keys"."allowed_origins") <= 20),
	CONSTRAINT "api_keys_requests_per_minute_range" CHECK ("api_keys"."requests_per_minute" between 1 and 100000)
);
--> statement-breakpoint
CREATE TABLE "brandings" (
	"tenant_id" uuid PRIMARY KEY NOT NULL,
	"accent" text,
	"logo_id" uuid,
	"changed_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "brandings_accent_shape" CHECK ("brandings"."accent" ~ '^#[0-9a-f]{6}$')
);
--> statement-breakpoint
CREATE TABLE "calendar_feeds" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"unit_id" uuid NOT NULL,
	"purchaser_id" uuid,
	"token_hash" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "calendar_feeds_token_hash_key" UNIQUE("token_hash"),
	CONSTRAINT "calendar_feeds_tenant_id_id_key" UNIQUE("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "chain_checks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid,
	"chain_id" uuid NOT NULL,
	"outcome" text NOT NULL,
	"checked_count" integer NOT NULL,
	"erased_count" integer NOT NULL,
	"broken_activity_id" uuid,
	"broken_sequence" bigint,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "chain_checks_outcome_known" CHECK ("chain_checks"."outcome" in ('intact','changed','missing','cut'))
);
--> statement-breakpoint
CREATE TABLE "checklist_items" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"development_id" uuid NOT NULL,
	"checklist" text NOT NULL,
	"title" text NOT NULL,
	"note" text,
	"position" smallint NOT NULL,
	"retired_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "checklist_items_tenant_id_id_key" UNIQUE("tenant_id","id"),
	CONSTRAINT "checklist_items_in_development_key" UNIQUE("tenant_id","development_id","id"),
	CONSTRAINT "checklist_items_checklist_known" CHECK ("checklist_items"."checklist" in ('handover','moving_in')),
	CONSTRAINT "checklist_items_title_length" CHECK (length("checklist_items"."title") between 1 and 160),
	CONSTRAINT "checklist_items_note_length" CHECK (length("checklist_items"."note") between 1 and 500),
	CONSTRAINT "checklist_items_position_range" CHECK ("checklist_items"."position" between 1 and 1000)
);
--> statement-breakpoint
CREATE TABLE "checklist_ticks" (
	"tenant_id" uuid NOT NULL,
	"development_id" uuid NOT NULL,
	"unit_id" uuid NOT NULL,
	"item_id" uuid NOT NULL,
	"purchaser_id" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "checklist_ticks_pkey" PRIMARY KEY("tenant_id","unit_id","item_id")
);
--> statement-breakpoint
CREATE TABLE "chunk_embeddings" (
	"tenant_id" uuid NOT NULL,
	"development_id" uuid NOT NULL,
	"model" text NOT NULL,
	"dimensions" smallint NOT NULL,
	"content_sha256" text NOT NULL,
	"embedding" "bytea" NOT NULL,
	CONSTRAINT "chunk_embeddings_pkey" PRIMARY KEY("tenant_id","development_id","content_sha256","model","dimensions"),
	CONSTRAINT "chunk_embeddings_whole" CHECK (length("chunk_embeddings"."embedding") = "chunk_embeddings"."dimensions" * 4)
);
--> statement-breakpoint
CREATE TABLE "chunks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"development_id" uuid NOT NULL,
	"document_id" uuid NOT NULL,
	"version_id" uuid NOT NULL,
	"reading" smallint NOT NULL,
	"ordinal" integer NOT NULL,
	"page" integer NOT NULL,
	"printed_page" text,
	"heading" text,
	"content" text NOT NULL,
	"content_sha256" text NOT NULL,
	"terms" text[] NOT NULL,
	"term_counts" smallint[] NOT NULL,
	CONSTRAINT "chunks_ordinal_key" UNIQUE("tenant_id","version_id","reading","ordinal"),
	CONSTRAINT "chunks_terms_counted" CHECK (cardinality("chunks"."terms") = cardinality("chunks"."term_counts"))
);
--> statement-breakpoint
CREATE TABLE "contractor_link_snags" (
	"tenant_id" uuid NOT NULL,
	"development_id" uuid NOT NULL,
	"link_id" uuid NOT NULL,
	"snag_id" uuid NOT NULL,
	"done_at" timestamp (3) with time zone,
	CONSTRAINT "contractor_link_snags_pkey" PRIMARY KEY("tenant_id","link_id","snag_id")
);
--> statement-breakpoint
CREATE TABLE "contractor_links" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"development_id" uuid NOT NULL,
	"contractor" text NOT NULL,
	"token_hash" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"withdrawn_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "contractor_links_token_hash_key" UNIQUE("token_hash"),
	CONSTRAINT "contractor_links_in_development_key" UNIQUE("tenant_id","development_id","id"),
	CONSTRAINT "contractor_links_contractor_length" CHECK (length("contractor_links"."contractor") between 1 and 120)
);
--> statement-breakpoint
CREATE TABLE "conversations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"unit_id" uuid NOT NULL,
	"purchaser_id" uuid,
	"origin" text NOT NULL,
	"title" text NOT NULL,
	"last_message_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "conversations_tenant_id_id_key" UNIQUE("tenant_id","id"),
	CONSTRAINT "conversations_in_unit_key" UNIQUE("tenant_id","unit_id","id"),
	CONSTRAINT "conversations_origin_known" CHECK ("conversations"."origin" in ('app','api','sealed'))
);
--> statement-breakpoint
CREATE TABLE "cron_ticks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"task" text NOT NULL,
	"tick_at" timestamp (3) with time zone NOT NULL,
	"job_id" uuid,
	"fired_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "cron_ticks_task_tick_key" UNIQUE("task","tick_at")
);
--> statement-breakpoint
CREATE TABLE "daily_activity" (
	"tenant_id" uuid NOT NULL,
	"development_id" uuid NOT NULL,
	"day" date NOT NULL,
	"active_homes" integer DEFAULT 0 NOT NULL,
	"questions" integer DEFAULT 0 NOT NULL,
	"answered" integer DEFAULT 0 NOT NULL,
	"unanswered" integer DEFAULT 0 NOT NULL,
	"documents_opened" integer DEFAULT 0 NOT NULL,
	"scans" integer DEFAULT 0 NOT NULL,
	"claims" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "daily_activity_pkey" PRIMARY KEY("tenant_id","development_id","day"),
	CONSTRAINT "daily_activity_answered_range" CHECK ("daily_activity"."answered" + "daily_activity"."unanswered" <= "daily_activity"."questions")
);
--> statement-breakpoint
CREATE TABLE "daily_answers" (
	"tenant_id" uuid NOT NULL,
	"development_id" uuid NOT NULL,
	"day" date NOT NULL,
	"answers" integer DEFAULT 0 NOT NULL,
	"model_answers" integer DEFAULT 0 NOT NULL,
	"gaps" integer DEFAULT 0 NOT NULL,
	"helpful" integer DEFAULT 0 NOT NULL,
	"unhelpful" integer DEFAULT 0 NOT NULL,
	"prompt_tokens" bigint DEFAULT 0 NOT NULL,
	"completion_tokens" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "daily_answers_pkey" PRIMARY KEY("tenant_id","development_id","day")
);
--> statement-breakpoint
CREATE TABLE "daily_erased" (
	"tenant_id" uuid NOT NULL,
	"development_id" uuid NOT NULL,
	"day" date NOT NULL,
	"active_homes" integer DEFAULT 0 NOT NULL,
	"questions" integer DEFAULT 0 NOT NULL,
	"answered" integer DEFAULT 0 NOT NULL,
	"unanswered" integer DEFAULT 0 NOT NULL,
	"documents_opened" integer DEFAULT 0 NOT NULL,
	"scans" integer DEFAULT 0 NOT NULL,
	"claims" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "daily_erased_pkey" PRIMARY KEY("tenant_id","development_id","day")
);
--> statement-breakpoint
CREATE TABLE "daily_home_activity" (
	"tenant_id" uuid NOT NULL,
	"development_id" uuid NOT NULL,
	"day" date NOT NULL,
	"unit_id" uuid NOT NULL,
	"is_active" boolean NOT NULL,
	"questions" integer DEFAULT 0 NOT NULL,
	"documents_opened" integer DEFAULT 0 NOT NULL,
	"scans" integer DEFAULT 0 NOT NULL,
	"map_opened" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "daily_home_activity_pkey" PRIMARY KEY("tenant_id","development_id","day","unit_id")
);
--> statement-breakpoint
CREATE TABLE "daily_tallies" (
	"tenant_id" uuid NOT NULL,
	"development_id" uuid NOT NULL,
	"day" date NOT NULL,
	"subject" text NOT NULL,
	"key" text NOT NULL,
	"count" integer NOT NULL,
	"total" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "daily_tallies_pkey" PRIMARY KEY("tenant_id","development_id","subject","day","key"),
	CONSTRAINT "daily_tallies_subject_known" CHECK ("daily_tallies"."subject" in ('stage','mode','hour','feedback','opened','cited','map','place','search','speed'))
);
--> statement-breakpoint
CREATE TABLE "data_access_log" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"unit_id" uuid,
	"document_id" uuid,
	"actor_type" text NOT NULL,
	"actor_id" text NOT NULL,
	"action" text NOT NULL,
	"request_id" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "developments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"code_prefix" text NOT NULL,
	"tenure" text DEFAULT 'sale' NOT NULL,
	"address_line" text NOT NULL,
	"locality" text NOT NULL,
	"county" text NOT NULL,
	"eircode" text,
	"latitude" double precision,
	"longitude" double precision,
	"location_source" text,
	"geocode_quality" text,
	"geocode_form" text,
	"geocode_attempts" smallint DEFAULT 0 NOT NULL,
	"geocode_failure_code" text,
	"geocoded_at" timestamp (3) with time zone,
	"places_refreshed_at" timestamp (3) with time zone,
	"places_failure_code" text,
	"retrieval_version" bigint DEFAULT 0 NOT NULL,
	"embedding_model" text,
	"embedding_dimensions" smallint,
	"embedding_version" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "developments_tenant_id_id_key" UNIQUE("tenant_id","id"),
	CONSTRAINT "developments_tenant_id_slug_key" UNIQUE("tenant_id","slug"),
	CONSTRAINT "developments_embedding_whole" CHECK (("developments"."embedding_model" is null) = ("developments"."embedding_dimensions" is null)),
	CONSTRAINT "developments_tenure_known" CHECK ("developments"."tenure" in ('sale','rent','mixed')),
	CONSTRAINT "developments_code_prefix_shape" CHECK ("developments"."code_prefix" ~ '^[A-Z]{2}$'),
	CONSTRAINT "developments_location_stated" CHECK ("developments"."latitude" is null or "developments"."location_source" in ('entered','geocoded')),
	CONSTRAINT "developments_coordinates_together" CHECK (("developments"."latitude" is null) = ("developments"."longitude" is null))
);
--> statement-breakpoint
CREATE TABLE "document_house_types" (
	"tenant_id" uuid NOT NULL,
	"development_id" uuid NOT NULL,
	"document_id" uuid NOT NULL,
	"house_type_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "document_house_types_pkey" PRIMARY KEY("tenant_id","document_id","house_type_id")
);
--> statement-breakpoint
CREATE TABLE "document_pages" (
	"tenant_id" uuid NOT NULL,
	"version_id" uuid NOT NULL,
	"reading" smallint NOT NULL,
	"page" integer NOT NULL,
	"printed_page" text,
	"content" text NOT NULL,
	"heading_lines" smallint[] NOT NULL,
	CONSTRAINT "document_pages_pkey" PRIMARY KEY("tenant_id","version_id","reading","page"),
	CONSTRAINT "document_pages_page_positive" CHECK ("document_pages"."page" > 0)
);
--> statement-breakpoint
CREATE TABLE "document_versions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"development_id" uuid NOT NULL,
	"document_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"status" text DEFAULT 'queued' NOT NULL,
	"stage" text DEFAULT 'stored' NOT NULL,
	"failure_code" text,
	"file_name" text NOT NULL,
	"storage_key" text NOT NULL,
	"size_bytes" bigint NOT NULL,
	"content_sha256" text NOT NULL,
	"duplicate_key" text NOT NULL,
	"notes" text,
	"asks_again" boolean DEFAULT false NOT NULL,
	"reading" smallint DEFAULT 1 NOT NULL,
	"withdrawn_at" timestamp (3) with time zone,
	"page_count" integer,
	"chunk_count" integer,
	"expires_on" date,
	"has_active_content" boolean DEFAULT false NOT NULL,
	"job_id" uuid,
	"ready_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "document_versions_tenant_id_id_key" UNIQUE("tenant_id","id"),
	CONSTRAINT "document_versions_in_document_key" UNIQUE("tenant_id","document_id","id"),
	CONSTRAINT "document_versions_number_key" UNIQUE("tenant_id","document_id","number"),
	CONSTRAINT "document_versions_status_known" CHECK ("document_versions"."status" in ('queued','processing','ready','failed')),
	CONSTRAINT "document_versions_stage_known" CHECK ("document_versions"."stage" in ('stored','extracting','chunking','embedding','ready')),
	CONSTRAINT "document_versions_failure_code" CHECK (("document_versions"."status" = 'failed') = ("document_versions"."failure_code" is not null)),
	CONSTRAINT "document_versions_failure_code_known" CHECK ("document_versions"."failure_code" in ('file_empty','type_mismatch','unreadable','password_protected','needs_ocr','too_complex','too_many_pages','storage_lost','ingestion_failed')),
	CONSTRAINT "document_versions_size_range" CHECK ("document_versions"."size_bytes" > 0),
	CONSTRAINT "document_versions_notes_length" CHECK (length("document_versions"."notes") between 1 and 2000),
	CONSTRAINT "document_versions_reading_positive" CHECK ("document_versions"."reading" > 0)
);
--> statement-breakpoint
CREATE TABLE "document_visits" (
	"tenant_id" uuid NOT NULL,
	"unit_id" uuid NOT NULL,
	"reader_id" uuid NOT NULL,
	"new_since" timestamp (3) with time zone,
	"last_seen_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "document_visits_pkey" PRIMARY KEY("tenant_id","reader_id")
);
--> statement-breakpoint
CREATE TABLE "documents" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"development_id" uuid NOT NULL,
	"unit_id" uuid,
	"kind" text DEFAULT 'other' NOT NULL,
	"title" text NOT NULL,
	"live_version_id" uuid,
	"deprecated_at" timestamp (3) with time zone,
	"must_read_from" integer,
	"deleted_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "documents_tenant_id_id_key" UNIQUE("tenant_id","id"),
	CONSTRAINT "documents_in_development_key" UNIQUE("tenant_id","development_id","id"),
	CONSTRAINT "documents_kind_known" CHECK ("documents"."kind" in ('floor_plan','elevation','services_drawing','manual','specification','warranty','ber','user_guide','notice','certificate','brochure','structural','other')),
	CONSTRAINT "documents_must_read_from_positive" CHECK ("documents"."must_read_from" > 0),
	CONSTRAINT "documents_title_length" CHECK (length("documents"."title") between 1 and 300)
);
--> statement-breakpoint
CREATE TABLE "erasures" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"job_id" uuid,
	"due_on" date NOT NULL,
	"done_at" timestamp (3) with time zone,
	"counts" jsonb,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "erasures_tenant_id_id_key" UNIQUE("tenant_id","id"),
	CONSTRAINT "erasures_done_whole" CHECK (("erasures"."done_at" is null) = ("erasures"."counts" is null))
);
--> statement-breakpoint
CREATE TABLE "error_groups" (
	"fingerprint" text PRIMARY KEY NOT NULL,
	"source" text NOT NULL,
	"title" text NOT NULL,
	"occurrence_count" integer NOT NULL,
	"first_release" text NOT NULL,
	"last_release" text NOT NULL,
	"first_seen_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"last_seen_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"resolved_at" timestamp (3) with time zone,
	"reopened_at" timestamp (3) with time zone,
	CONSTRAINT "error_groups_source_known" CHECK ("error_groups"."source" in ('http','job','worker','stream','browser')),
	CONSTRAINT "error_groups_counted" CHECK ("error_groups"."occurrence_count" > 0)
);
--> statement-breakpoint
CREATE TABLE "error_log" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid,
	"source" text NOT NULL,
	"fingerprint" text NOT NULL,
	"message" text NOT NULL,
	"stack" text,
	"context" jsonb NOT NULL,
	"release" text DEFAULT 'unreleased' NOT NULL,
	"request_id" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "error_log_source_known" CHECK ("error_log"."source" in ('http','job','worker','stream','browser'))
);
--> statement-breakpoint
CREATE TABLE "events" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"name" text NOT NULL,
	"data" jsonb NOT NULL,
	"transaction_id" bigint DEFAULT (pg_current_xact_id()::text)::bigint NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "facts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"development_id" uuid NOT NULL,
	"house_type_id" uuid,
	"unit_id" uuid,
	"topic" text NOT NULL,
	"key" text NOT NULL,
	"label" text NOT NULL,
	"value" text NOT NULL,
	"length_m" numeric(6, 2),
	"width_m" numeric(6, 2),
	"area_m2" numeric(7, 2),
	"source" text NOT NULL,
	"recorded_on" date NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "facts_one_scope" CHECK ("facts"."house_type_id" is null or "facts"."unit_id" is null)
);
--> statement-breakpoint
CREATE TABLE "feature_flags" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid,
	"name" text NOT NULL,
	"setting" text NOT NULL,
	"changed_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "feature_flags_one_setting" UNIQUE NULLS NOT DISTINCT("tenant_id","name"),
	CONSTRAINT "feature_flags_setting_known" CHECK ("feature_flags"."setting" in ('on','off'))
);
--> statement-breakpoint
CREATE TABLE "gaps" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"development_id" uuid NOT NULL,
	"unit_id" uuid NOT NULL,
	"house_type_id" uuid NOT NULL,
	"message_id" uuid NOT NULL,
	"question" text NOT NULL,
	"group_id" uuid NOT NULL,
	"embedding" "bytea",
	"embedding_model" text,
	"status" text DEFAULT 'open' NOT NULL,
	"asked_builder_at" timestamp (3) with time zone,
	"answer" text,
	"answer_details" jsonb,
	"knowledge_id" uuid,
	"answered_at" timestamp (3) with time zone,
	"answer_seen_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "gaps_tenant_id_id_key" UNIQUE("tenant_id","id"),
	CONSTRAINT "gaps_status_known" CHECK ("gaps"."status" in ('open','answered','closed')),
	CONSTRAINT "gaps_answered_whole" CHECK (("gaps"."status" = 'answered') = ("gaps"."answer" is not null) and ("gaps"."answer" is null) = ("gaps"."answered_at" is null)),
	CONSTRAINT "gaps_embedding_whole" CHECK (("gaps"."embedding" is null) = ("gaps"."embedding_model" is null))
);
--> statement-breakpoint
CREATE TABLE "golden_failures" (
	"tenant_id" uuid NOT NULL,
	"development_id" uuid NOT NULL,
	"run_id" uuid NOT NULL,
	"golden_question_id" uuid NOT NULL,
	"stage" text NOT NULL,
	"answer" text NOT NULL,
	"is_lost" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "golden_failures_pkey" PRIMARY KEY("tenant_id","run_id","golden_question_id")
);
--> statement-breakpoint
CREATE TABLE "golden_questions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"development_id" uuid NOT NULL,
	"house_type_id" uuid,
	"question" text NOT NULL,
	"expected_phrase" text,
	"expected_document_id" uuid,
	"expected_page" integer,
	"must_be_gap" boolean DEFAULT false NOT NULL,
	"author_id" uuid,
	"author_name" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "golden_questions_in_development_key" UNIQUE("tenant_id","development_id","id"),
	CONSTRAINT "golden_questions_question_length" CHECK (length("golden_questions"."question") between 1 and 2000),
	CONSTRAINT "golden_questions_phrase_length" CHECK (length("golden_questions"."expected_phrase") between 1 and 500),
	CONSTRAINT "golden_questions_page_positive" CHECK ("golden_questions"."expected_page" > 0),
	CONSTRAINT "golden_questions_page_of_document" CHECK ("golden_questions"."expected_page" is null or "golden_questions"."expected_document_id" is not null),
	CONSTRAINT "golden_questions_expects_something" CHECK ("golden_questions"."must_be_gap" = ("golden_questions"."expected_phrase" is null and "golden_questions"."expected_document_id" is null))
);
--> statement-breakpoint
CREATE TABLE "golden_runs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"development_id" uuid NOT NULL,
	"trigger" text NOT NULL,
	"total" integer,
	"passed" integer,
	"embedding_model" text,
	"embedding_dimensions" integer,
	"passed_before" integer,
	"decision" text,
	"decided_by_name" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp (3) with time zone,
	CONSTRAINT "golden_runs_in_development_key" UNIQUE("tenant_id","development_id","id"),
	CONSTRAINT "golden_runs_trigger" CHECK ("golden_runs"."trigger" in ('manual', 'reindex', 'ingest')),
	CONSTRAINT "golden_runs_counts" CHECK ("golden_runs"."passed" between 0 and "golden_runs"."total"),
	CONSTRAINT "golden_runs_counts_before" CHECK ("golden_runs"."passed_before" between 0 and "golden_runs"."total"),
	CONSTRAINT "golden_runs_decision" CHECK ("golden_runs"."decision" in ('accepted', 'rejected', 'swapped')),
	CONSTRAINT "golden_runs_reindex_whole" CHECK (("golden_runs"."trigger" = 'reindex') = ("golden_runs"."embedding_model" is not null) and ("golden_runs"."embedding_model" is null) = ("golden_runs"."embedding_dimensions" is null)),
	CONSTRAINT "golden_runs_finished_whole" CHECK (("golden_runs"."finished_at" is null) = ("golden_runs"."total" is null) and ("golden_runs"."finished_at" is null) = ("golden_runs"."passed" is null))
);
--> statement-breakpoint
CREATE TABLE "hidden_place_categories" (
	"tenant_id" uuid NOT NULL,
	"development_id" uuid NOT NULL,
	"category" text NOT NULL,
	"hidden_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "hidden_place_categories_pkey" PRIMARY KEY("tenant_id","development_id","category"),
	CONSTRAINT "hidden_place_categories_length" CHECK (length("hidden_place_categories"."category") between 1 and 60)
);
--> statement-breakpoint
CREATE TABLE "home_repairs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"development_id" uuid NOT NULL,
	"unit_id" uuid NOT NULL,
	"other_unit_id" uuid,
	"kind" text NOT NULL,
	"reason" text NOT NULL,
	"before" jsonb NOT NULL,
	"after" jsonb NOT NULL,
	"undoes_id" uuid,
	"actor_type" text NOT NULL,
	"actor_id" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "home_repairs_tenant_id_id_key" UNIQUE("tenant_id","id"),
	CONSTRAINT "home_repairs_undoes_key" UNIQUE("tenant_id","undoes_id"),
	CONSTRAINT "home_repairs_kind_known" CHECK ("home_repairs"."kind" in ('move','exchange','house_type','undo')),
	CONSTRAINT "home_repairs_undo_names_what" CHECK (("home_repairs"."kind" = 'undo') = ("home_repairs"."undoes_id" is not null)),
	CONSTRAINT "home_repairs_reason_length" CHECK (length("home_repairs"."reason") between 10 and 500)
);
--> statement-breakpoint
CREATE TABLE "home_transfers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"development_id" uuid NOT NULL,
	"unit_id" uuid NOT NULL,
	"started_by" text NOT NULL,
	"household_confirmed_at" timestamp (3) with time zone,
	"builder_confirmed_at" timestamp (3) with time zone,
	"settled_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	"ending" text,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "home_transfers_tenant_id_id_key" UNIQUE("tenant_id","id"),
	CONSTRAINT "home_transfers_started_by_known" CHECK ("home_transfers"."started_by" in ('household','builder')),
	CONSTRAINT "home_transfers_ending_known" CHECK ("home_transfers"."ending" in ('withdrawn','expired','completed')),
	CONSTRAINT "home_transfers_ended_whole" CHECK (("home_transfers"."ended_at" is null) = ("home_transfers"."ending" is null)),
	CONSTRAINT "home_transfers_settled_by_both" CHECK (("home_transfers"."settled_at" is not null) = ("home_transfers"."household_confirmed_at" is not null and "home_transfers"."builder_confirmed_at" is not null)),
	CONSTRAINT "home_transfers_completed_when_settled" CHECK ("home_transfers"."ending" is null or ("home_transfers"."ending" = 'completed') = ("home_transfers"."settled_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "house_types" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"development_id" uuid NOT NULL,
	"code" text NOT NULL,
	"name" text NOT NULL,
	"typical_bedrooms" integer,
	"typical_floor_area_m2" numeric(7, 2),
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "house_types_tenant_id_id_key" UNIQUE("tenant_id","id"),
	CONSTRAINT "house_types_in_development_key" UNIQUE("tenant_id","development_id","id"),
	CONSTRAINT "house_types_code_key" UNIQUE("tenant_id","development_id","code")
);
--> statement-breakpoint
CREATE TABLE "idempotent_requests" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"api_key_id" uuid NOT NULL,
	"route" text NOT NULL,
	"key_hash" "bytea" NOT NULL,
	"request_hash" "bytea" NOT NULL,
	"sealed_answer" "bytea",
	"answered_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "idempotent_requests_key" UNIQUE("tenant_id","api_key_id","route","key_hash"),
	CONSTRAINT "idempotent_requests_answer_whole" CHECK (("idempotent_requests"."answered_at" is null) = ("idempotent_requests"."sealed_answer" is null))
);
--> statement-breakpoint
CREATE TABLE "impersonations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"operator_id" uuid NOT NULL,
	"operator_name" text NOT NULL,
	"staff_id" uuid,
	"unit_id" uuid,
	"reason" text NOT NULL,
	"token_hash" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"ending" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "impersonations_token_hash_key" UNIQUE("token_hash"),
	CONSTRAINT "impersonations_one_subject" CHECK (("impersonations"."staff_id" is null) <> ("impersonations"."unit_id" is null)),
	CONSTRAINT "impersonations_reason_given" CHECK (length("impersonations"."reason") between 10 and 500),
	CONSTRAINT "impersonations_at_most_half_an_hour" CHECK ("impersonations"."expires_at" <= "impersonations"."created_at" + interval '30 minutes 5 seconds'),
	CONSTRAINT "impersonations_ended_whole" CHECK (("impersonations"."ended_at" is null) = ("impersonations"."ending" is null))
);
--> statement-breakpoint
CREATE TABLE "import_rows" (
	"tenant_id" uuid NOT NULL,
	"development_id" uuid NOT NULL,
	"import_id" uuid NOT NULL,
	"row_number" integer NOT NULL,
	"action" text NOT NULL,
	"unit_number" text,
	"unit_id" uuid,
	"messages" jsonb NOT NULL,
	"changes" jsonb NOT NULL,
	"values" jsonb,
	CONSTRAINT "import_rows_pkey" PRIMARY KEY("tenant_id","import_id","row_number"),
	CONSTRAINT "import_rows_action_known" CHECK ("import_rows"."action" in ('create','update','unchanged','error'))
);
--> statement-breakpoint
CREATE TABLE "imports" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"development_id" uuid NOT NULL,
	"file_name" text NOT NULL,
	"size_bytes" integer NOT NULL,
	"content" "bytea",
	"is_dry_run" boolean NOT NULL,
	"status" text DEFAULT 'checking' NOT NULL,
	"failure_code" text,
	"notes" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"create_count" integer DEFAULT 0 NOT NULL,
	"update_count" integer DEFAULT 0 NOT NULL,
	"unchanged_count" integer DEFAULT 0 NOT NULL,
	"error_count" integer DEFAULT 0 NOT NULL,
	"job_id" uuid,
	"checked_at" timestamp (3) with time zone,
	"confirmed_at" timestamp (3) with time zone,
	"imported_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "imports_tenant_id_id_key" UNIQUE("tenant_id","id"),
	CONSTRAINT "imports_in_development_key" UNIQUE("tenant_id","development_id","id"),
	CONSTRAINT "imports_status_known" CHECK ("imports"."status" in ('checking','checked','importing','imported','refused','failed')),
	CONSTRAINT "imports_imported" CHECK (("imports"."imported_at" is not null) = ("imports"."status" = 'imported')),
	CONSTRAINT "imports_failure_stated" CHECK (("imports"."failure_code" is not null) = ("imports"."status" in ('refused','failed')))
);
--> statement-breakpoint
CREATE TABLE "incident_events" (
	"id" uuid PRIMARY KEY NOT NULL,
	"incident_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"actor_id" uuid,
	"actor_name" text,
	"note" text DEFAULT '' NOT NULL,
	"figures" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "incident_events_note_length" CHECK (length("incident_events"."note") <= 2000),
	CONSTRAINT "incident_events_kind_known" CHECK ("incident_events"."kind" in ('opened','calm','again','acknowledged','note','resolved','told','not_told'))
);
--> statement-breakpoint
CREATE TABLE "incidents" (
	"id" uuid PRIMARY KEY NOT NULL,
	"rule" text,
	"title" text NOT NULL,
	"acknowledged_at" timestamp (3) with time zone,
	"resolved_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "incidents_title_length" CHECK (length("incidents"."title") between 1 and 200)
);
--> statement-breakpoint
CREATE TABLE "ingestion_log" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"document_id" uuid NOT NULL,
	"version_id" uuid NOT NULL,
	"stage" text NOT NULL,
	"outcome" text NOT NULL,
	"detail" jsonb NOT NULL,
	"duration_ms" integer NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "job_attempts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid,
	"job_id" uuid NOT NULL,
	"attempt" smallint NOT NULL,
	"worker" text NOT NULL,
	"outcome" text,
	"error_code" text,
	"error_detail" text,
	"started_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp (3) with time zone,
	CONSTRAINT "job_attempts_outcome_known" CHECK ("job_attempts"."outcome" in ('completed','failed','cancelled','snoozed','lost','released')),
	CONSTRAINT "job_attempts_finished" CHECK (("job_attempts"."finished_at" is null) = ("job_attempts"."outcome" is null))
);
--> statement-breakpoint
CREATE TABLE "job_status" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid,
	"kind" text NOT NULL,
	"payload" jsonb NOT NULL,
	"state" text DEFAULT 'available' NOT NULL,
	"priority" smallint DEFAULT 2 NOT NULL,
	"attempt" smallint DEFAULT 0 NOT NULL,
	"lost_count" smallint DEFAULT 0 NOT NULL,
	"max_attempts" smallint NOT NULL,
	"scheduled_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"timeout_ms" integer NOT NULL,
	"lease_owner" text,
	"lease_expires_at" timestamp (3) with time zone,
	"heartbeat_at" timestamp (3) with time zone,
	"stage" text,
	"progress_done" integer DEFAULT 0 NOT NULL,
	"progress_total" integer DEFAULT 0 NOT NULL,
	"error_code" text,
	"dedupe_key" text,
	"request_id" text,
	"attempted_at" timestamp (3) with time zone,
	"finalized_at" timestamp (3) with time zone,
	"cancel_requested_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "job_status_tenant_id_id_key" UNIQUE("tenant_id","id"),
	CONSTRAINT "job_status_state_known" CHECK ("job_status"."state" in ('available','scheduled','running','retryable','completed','cancelled','discarded')),
	CONSTRAINT "job_status_finalized" CHECK (("job_status"."finalized_at" is not null) = ("job_status"."state" in ('completed','cancelled','discarded'))),
	CONSTRAINT "job_status_leased" CHECK (("job_status"."lease_owner" is not null) = ("job_status"."state" = 'running')),
	CONSTRAINT "job_status_priority_range" CHECK ("job_status"."priority" between 1 and 4),
	CONSTRAINT "job_status_attempt_range" CHECK ("job_status"."attempt" between 0 and "job_status"."max_attempts")
);
--> statement-breakpoint
CREATE TABLE "job_workers" (
	"process_number" integer PRIMARY KEY NOT NULL,
	"host" text NOT NULL,
	"pid" integer NOT NULL,
	"thread_count" smallint NOT NULL,
	"running_count" integer DEFAULT 0 NOT NULL,
	"replacement_count" integer DEFAULT 0 NOT NULL,
	"started_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"heartbeat_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "knowledge" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"development_id" uuid NOT NULL,
	"unit_id" uuid,
	"question" text NOT NULL,
	"answer" text NOT NULL,
	"author_id" uuid,
	"author_name" text NOT NULL,
	"embedding" "bytea",
	"embedding_model" text,
	"retired_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "knowledge_tenant_id_id_key" UNIQUE("tenant_id","id"),
	CONSTRAINT "knowledge_in_development_key" UNIQUE("tenant_id","development_id","id"),
	CONSTRAINT "knowledge_question_length" CHECK (length("knowledge"."question") between 1 and 2000),
	CONSTRAINT "knowledge_answer_length" CHECK (length("knowledge"."answer") between 1 and 4000),
	CONSTRAINT "knowledge_embedding_whole" CHECK (("knowledge"."embedding" is null) = ("knowledge"."embedding_model" is null))
);
--> statement-breakpoint
CREATE TABLE "knowledge_house_types" (
	"tenant_id" uuid NOT NULL,
	"development_id" uuid NOT NULL,
	"knowledge_id" uuid NOT NULL,
	"house_type_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "knowledge_house_types_pkey" PRIMARY KEY("tenant_id","knowledge_id","house_type_id")
);
--> statement-breakpoint
CREATE TABLE "list_exports" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"development_id" uuid NOT NULL,
	"list" text NOT NULL,
	"request" jsonb NOT NULL,
	"staff_id" uuid NOT NULL,
	"job_id" uuid,
	"storage_key" text,
	"size_bytes" bigint,
	"row_count" integer,
	"ready_at" timestamp (3) with time zone,
	"expires_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "list_exports_tenant_id_id_key" UNIQUE("tenant_id","id"),
	CONSTRAINT "list_exports_list_known" CHECK ("list_exports"."list" in ('homes','homeowners')),
	CONSTRAINT "list_exports_ready_whole" CHECK (("list_exports"."ready_at" is null) = ("list_exports"."storage_key" is null) and ("list_exports"."ready_at" is null) = ("list_exports"."size_bytes" is null) and ("list_exports"."ready_at" is null) = ("list_exports"."row_count" is null) and ("list_exports"."ready_at" is null) = ("list_exports"."expires_at" is null))
);
--> statement-breakpoint
CREATE TABLE "llm_calls" (
	"tenant_id" uuid NOT NULL,
	"id" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "llm_calls_pkey" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "llm_error_log" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid,
	"code" text NOT NULL,
	"model" text NOT NULL,
	"attempt" integer NOT NULL,
	"latency_ms" integer NOT NULL,
	"http_status" integer,
	"message" text NOT NULL,
	"request_id" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "llm_usage" (
	"tenant_id" uuid NOT NULL,
	"day" date NOT NULL,
	"token_count" bigint DEFAULT 0 NOT NULL,
	"call_count" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "llm_usage_pkey" PRIMARY KEY("tenant_id","day"),
	CONSTRAINT "llm_usage_counts_positive" CHECK ("llm_usage"."token_count" >= 0 and "llm_usage"."call_count" >= 0)
);
--> statement-breakpoint
CREATE TABLE "load_samples" (
	"id" uuid PRIMARY KEY NOT NULL,
	"process" text NOT NULL,
	"release" text NOT NULL,
	"cpu_percent" double precision NOT NULL,
	"rss_megabytes" integer NOT NULL,
	"lag_ms" double precision NOT NULL,
	"in_flight" integer NOT NULL,
	"streams" integer NOT NULL,
	"requests" integer NOT NULL,
	"failures" integer NOT NULL,
	"queue_depth" integer NOT NULL,
	"queue_age_ms" integer NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "mails" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"unique_key" text NOT NULL,
	"to_address" text NOT NULL,
	"subject" text NOT NULL,
	"body" text NOT NULL,
	"unit_id" uuid,
	"purchaser_id" uuid,
	"state" text NOT NULL,
	"failure_code" text,
	"job_id" uuid,
	"sent_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "mails_tenant_id_id_key" UNIQUE("tenant_id","id"),
	CONSTRAINT "mails_unique_key" UNIQUE("tenant_id","unique_key"),
	CONSTRAINT "mails_state_known" CHECK ("mails"."state" in ('queued','sending','sent','failed','not_sent')),
	CONSTRAINT "mails_sent_whole" CHECK (("mails"."state" = 'sent') = ("mails"."sent_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "maintenance_done" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"development_id" uuid NOT NULL,
	"unit_id" uuid NOT NULL,
	"item_id" uuid NOT NULL,
	"due_on" date NOT NULL,
	"done_on" date NOT NULL,
	"purchaser_id" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "maintenance_done_tenant_id_id_key" UNIQUE("tenant_id","id"),
	CONSTRAINT "maintenance_done_occurrence_key" UNIQUE("tenant_id","unit_id","item_id","due_on")
);
--> statement-breakpoint
CREATE TABLE "maintenance_items" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"development_id" uuid NOT NULL,
	"house_type_id" uuid,
	"unit_id" uuid,
	"purchaser_id" uuid,
	"kind" text NOT NULL,
	"title" text NOT NULL,
	"note" text,
	"months" smallint,
	"first_due_on" date,
	"document_id" uuid,
	"retired_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "maintenance_items_tenant_id_id_key" UNIQUE("tenant_id","id"),
	CONSTRAINT "maintenance_items_in_development_key" UNIQUE("tenant_id","development_id","id"),
	CONSTRAINT "maintenance_items_own_key" UNIQUE("tenant_id","unit_id","title","first_due_on"),
	CONSTRAINT "maintenance_items_kind_known" CHECK ("maintenance_items"."kind" in ('warranty','task')),
	CONSTRAINT "maintenance_items_months_range" CHECK ("maintenance_items"."months" between 1 and 600),
	CONSTRAINT "maintenance_items_title_length" CHECK (length("maintenance_items"."title") between 1 and 120),
	CONSTRAINT "maintenance_items_note_length" CHECK (length("maintenance_items"."note") between 1 and 500),
	CONSTRAINT "maintenance_items_plan_or_own" CHECK (case when "maintenance_items"."unit_id" is null then "maintenance_items"."months" is not null and "maintenance_items"."first_due_on" is null and "maintenance_items"."purchaser_id" is null
        else "maintenance_items"."kind" = 'task' and "maintenance_items"."first_due_on" is not null and "maintenance_items"."house_type_id" is null and "maintenance_items"."document_id" is null end)
);
--> statement-breakpoint
CREATE TABLE "message_citations" (
	"tenant_id" uuid NOT NULL,
	"message_id" uuid NOT NULL,
	"position" smallint NOT NULL,
	"document_id" uuid NOT NULL,
	"version_id" uuid NOT NULL,
	"page" integer NOT NULL,
	"quote" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "message_citations_pkey" PRIMARY KEY("tenant_id","message_id","position")
);
--> statement-breakpoint
CREATE TABLE "messages" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"conversation_id" uuid NOT NULL,
	"client_key" text NOT NULL,
	"question" text NOT NULL,
	"answer" text,
	"stage" text,
	"reason" text,
	"mode" text,
	"details" jsonb,
	"request_id" text NOT NULL,
	"answered_at" timestamp (3) with time zone,
	"feedback" text,
	"feedback_reason" text,
	"feedback_at" timestamp (3) with time zone,
	"saved_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "messages_tenant_id_id_key" UNIQUE("tenant_id","id"),
	CONSTRAINT "messages_client_key" UNIQUE("tenant_id","conversation_id","client_key"),
	CONSTRAINT "messages_question_length" CHECK (length("messages"."question") between 1 and 2000),
	CONSTRAINT "messages_stage_known" CHECK ("messages"."stage" in ('safety','refusal','fact','place','document','gap')),
	CONSTRAINT "messages_mode_known" CHECK ("messages"."mode" in ('llm','extractive')),
	CONSTRAINT "messages_feedback_known" CHECK ("messages"."feedback" in ('helpful','not_helpful')),
	CONSTRAINT "messages_feedback_whole" CHECK (("messages"."feedback" is null) = ("messages"."feedback_at" is null)),
	CONSTRAINT "messages_feedback_reason_length" CHECK (length("messages"."feedback_reason") between 1 and 500),
	CONSTRAINT "messages_answered_whole" CHECK (("messages"."answered_at" is null) = ("messages"."answer" is null))
);
--> statement-breakpoint
CREATE TABLE "notice_house_types" (
	"tenant_id" uuid NOT NULL,
	"development_id" uuid NOT NULL,
	"notice_id" uuid NOT NULL,
	"house_type_id" uuid NOT NULL,
	CONSTRAINT "notice_house_types_pkey" PRIMARY KEY("tenant_id","notice_id","house_type_id")
);
--> statement-breakpoint
CREATE TABLE "notice_reads" (
	"tenant_id" uuid NOT NULL,
	"development_id" uuid NOT NULL,
	"notice_id" uuid NOT NULL,
	"unit_id" uuid NOT NULL,
	"reader_id" uuid NOT NULL,
	"read_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "notice_reads_pkey" PRIMARY KEY("tenant_id","notice_id","reader_id")
);
--> statement-breakpoint
CREATE TABLE "notices" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"development_id" uuid NOT NULL,
	"title" text NOT NULL,
	"body" text NOT NULL,
	"category" text NOT NULL,
	"publish_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"withdrawn_at" timestamp (3) with time zone,
	"author_name" text NOT NULL,
	"form_hash" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "notices_tenant_id_id_key" UNIQUE("tenant_id","id"),
	CONSTRAINT "notices_in_development_key" UNIQUE("tenant_id","development_id","id"),
	CONSTRAINT "notices_form_key" UNIQUE("tenant_id","development_id","form_hash"),
	CONSTRAINT "notices_category_known" CHECK ("notices"."category" in ('general','works','utilities','safety','event')),
	CONSTRAINT "notices_title_length" CHECK (length("notices"."title") between 1 and 120),
	CONSTRAINT "notices_body_length" CHECK (length("notices"."body") between 1 and 4000)
);
--> statement-breakpoint
CREATE TABLE "outbound_slots" (
	"name" text PRIMARY KEY NOT NULL,
	"next_at" timestamp (3) with time zone NOT NULL,
	"deferred_until" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "paused_job_kinds" (
	"kind" text PRIMARY KEY NOT NULL,
	"paused_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "person_exports" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"unit_id" uuid NOT NULL,
	"purchaser_id" uuid,
	"job_id" uuid,
	"storage_key" text,
	"size_bytes" bigint,
	"ready_at" timestamp (3) with time zone,
	"expires_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "person_exports_tenant_id_id_key" UNIQUE("tenant_id","id"),
	CONSTRAINT "person_exports_ready_whole" CHECK (("person_exports"."ready_at" is null) = ("person_exports"."storage_key" is null) and ("person_exports"."ready_at" is null) = ("person_exports"."size_bytes" is null) and ("person_exports"."ready_at" is null) = ("person_exports"."expires_at" is null))
);
--> statement-breakpoint
CREATE TABLE "person_preferences" (
	"tenant_id" uuid NOT NULL,
	"unit_id" uuid NOT NULL,
	"reader_id" uuid NOT NULL,
	"language" text,
	"muted" text[] DEFAULT '{}' NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "person_preferences_pkey" PRIMARY KEY("tenant_id","reader_id"),
	CONSTRAINT "person_preferences_language_shape" CHECK ("person_preferences"."language" ~ '^[a-z]{2}$'),
	CONSTRAINT "person_preferences_muted_known" CHECK ("person_preferences"."muted" <@ array['mail:notices','mail:answers','mail:snags','app:notices','app:answers'])
);
--> statement-breakpoint
CREATE TABLE "places" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"development_id" uuid NOT NULL,
	"category" text NOT NULL,
	"name" text NOT NULL,
	"latitude" double precision,
	"longitude" double precision,
	"source" text NOT NULL,
	"recorded_on" date NOT NULL,
	"provider" text,
	"external_id" text,
	"fetched_at" timestamp (3) with time zone,
	"expires_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "places_provider_known" CHECK ("places"."provider" in ('overpass','google')),
	CONSTRAINT "places_fetched" CHECK (("places"."provider" is null) = ("places"."fetched_at" is null) and ("places"."provider" is null) = ("places"."expires_at" is null) and ("places"."provider" is null) = ("places"."external_id" is null)),
	CONSTRAINT "places_coordinates_together" CHECK (("places"."latitude" is null) = ("places"."longitude" is null))
);
--> statement-breakpoint
CREATE TABLE "purchasers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"unit_id" uuid NOT NULL,
	"full_name" text NOT NULL,
	"email" text,
	"position" smallint NOT NULL,
	"intro_seen_at" timestamp (3) with time zone,
	"reminders_by_mail" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "purchasers_tenant_id_id_key" UNIQUE("tenant_id","id"),
	CONSTRAINT "purchasers_in_unit_key" UNIQUE("tenant_id","unit_id","id"),
	CONSTRAINT "purchasers_position_key" UNIQUE("tenant_id","unit_id","position"),
	CONSTRAINT "purchasers_position_range" CHECK ("purchasers"."position" between 1 and 4),
	CONSTRAINT "purchasers_full_name_length" CHECK (length("purchasers"."full_name") between 1 and 200),
	CONSTRAINT "purchasers_email_length" CHECK (length("purchasers"."email") between 3 and 254)
);
--> statement-breakpoint
CREATE TABLE "purges" (
	"id" uuid PRIMARY KEY NOT NULL,
	"rule" text NOT NULL,
	"row_count" integer NOT NULL,
	"cutoff_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "qr_scans" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid,
	"unit_id" uuid,
	"outcome" text NOT NULL,
	"ip_address" text,
	"user_agent" text,
	"request_id" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "qr_scans_outcome_known" CHECK ("qr_scans"."outcome" in ('opened','unknown_link','wrong_code','limited','claimed'))
);
--> statement-breakpoint
CREATE TABLE "rag_log" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"development_id" uuid NOT NULL,
	"unit_id" uuid NOT NULL,
	"message_id" uuid,
	"request_id" text NOT NULL,
	"stage" text NOT NULL,
	"reason" text NOT NULL,
	"mode" text NOT NULL,
	"model" text,
	"prompt_tokens" integer,
	"completion_tokens" integer,
	"index_version" integer,
	"candidate_count" integer DEFAULT 0 NOT NULL,
	"filtered_out_count" integer DEFAULT 0 NOT NULL,
	"chunk_ids" uuid[] NOT NULL,
	"stages" jsonb NOT NULL,
	"duration_ms" integer NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rate_limit_log" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid,
	"policy" text NOT NULL,
	"subject" text NOT NULL,
	"route" text NOT NULL,
	"request_id" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "release_notes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"title" text NOT NULL,
	"body" text NOT NULL,
	"withdrawn_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "release_notes_title_length" CHECK (length("release_notes"."title") between 1 and 120),
	CONSTRAINT "release_notes_body_length" CHECK (length("release_notes"."body") between 1 and 5000)
);
--> statement-breakpoint
CREATE TABLE "request_log" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid,
	"request_id" text NOT NULL,
	"route" text NOT NULL,
	"method" text NOT NULL,
	"status" integer NOT NULL,
	"duration_ms" real NOT NULL,
	"actor_type" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "responsibilities" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"development_id" uuid NOT NULL,
	"thing" text NOT NULL,
	"party" text NOT NULL,
	"party_name" text,
	"evidence" text NOT NULL,
	"evidence_on" date NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "responsibilities_thing_key" UNIQUE("tenant_id","development_id","thing"),
	CONSTRAINT "responsibilities_party_known" CHECK ("responsibilities"."party" in ('owner','builder','management_company','council','utility','unresolved')),
	CONSTRAINT "responsibilities_thing_length" CHECK (length("responsibilities"."thing") between 1 and 80),
	CONSTRAINT "responsibilities_party_name_length" CHECK (length("responsibilities"."party_name") between 1 and 120),
	CONSTRAINT "responsibilities_evidence_length" CHECK (length("responsibilities"."evidence") between 1 and 300)
);
--> statement-breakpoint
CREATE TABLE "retention_periods" (
	"tenant_id" uuid NOT NULL,
	"rule" text NOT NULL,
	"days" integer NOT NULL,
	"changed_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "retention_periods_pkey" PRIMARY KEY("tenant_id","rule"),
	CONSTRAINT "retention_periods_days_range" CHECK ("retention_periods"."days" between 7 and 730)
);
--> statement-breakpoint
CREATE TABLE "sealed_conversations" (
	"tenant_id" uuid NOT NULL,
	"repair_id" uuid NOT NULL,
	"conversation_id" uuid NOT NULL,
	"purchaser_id" uuid,
	"origin" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "sealed_conversations_pkey" PRIMARY KEY("tenant_id","conversation_id"),
	CONSTRAINT "sealed_conversations_origin_known" CHECK ("sealed_conversations"."origin" in ('app','api'))
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid,
	"staff_id" uuid,
	"unit_id" uuid,
	"purchaser_id" uuid,
	"refresh_hash" text NOT NULL,
	"ip_address" text,
	"user_agent" text,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"revoked_at" timestamp (3) with time zone,
	"last_seen_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "sessions_refresh_hash_key" UNIQUE("refresh_hash"),
	CONSTRAINT "sessions_one_subject" CHECK (("sessions"."staff_id" is null) <> ("sessions"."unit_id" is null))
);
--> statement-breakpoint
CREATE TABLE "snag_changes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"development_id" uuid NOT NULL,
	"snag_id" uuid NOT NULL,
	"status" text NOT NULL,
	"note" text,
	"actor_type" text NOT NULL,
	"actor_id" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "snag_changes_status_known" CHECK ("snag_changes"."status" in ('reported','seen','scheduled','fixed','declined')),
	CONSTRAINT "snag_changes_note_length" CHECK (length("snag_changes"."note") between 1 and 1000)
);
--> statement-breakpoint
CREATE TABLE "snags" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"development_id" uuid NOT NULL,
	"unit_id" uuid NOT NULL,
	"purchaser_id" uuid,
	"room" text NOT NULL,
	"category" text NOT NULL,
	"description" text NOT NULL,
	"status" text DEFAULT 'reported' NOT NULL,
	"photo_id" uuid,
	"form_hash" text,
	"closed_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "snags_tenant_id_id_key" UNIQUE("tenant_id","id"),
	CONSTRAINT "snags_in_development_key" UNIQUE("tenant_id","development_id","id"),
	CONSTRAINT "snags_form_key" UNIQUE("tenant_id","unit_id","form_hash"),
	CONSTRAINT "snags_status_known" CHECK ("snags"."status" in ('reported','seen','scheduled','fixed','declined')),
	CONSTRAINT "snags_category_known" CHECK ("snags"."category" in ('plumbing','electrical','heating','doors_windows','walls_paint','floors','kitchen','outside','other')),
	CONSTRAINT "snags_closed_when_over" CHECK (("snags"."status" in ('fixed','declined')) = ("snags"."closed_at" is not null)),
	CONSTRAINT "snags_room_length" CHECK (length("snags"."room") between 1 and 60),
	CONSTRAINT "snags_description_length" CHECK (length("snags"."description") between 1 and 2000)
);
--> statement-breakpoint
CREATE TABLE "staff" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"role" text NOT NULL,
	"password_hash" text NOT NULL,
	"totp_secret_encrypted" text,
	"totp_enabled_at" timestamp (3) with time zone,
	"totp_last_step" integer,
	"recovery_code_hashes" text[] DEFAULT '{}' NOT NULL,
	"disabled_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "staff_tenant_id_id_key" UNIQUE("tenant_id","id"),
	CONSTRAINT "staff_role_known" CHECK ("staff"."role" in ('super_admin', 'admin', 'developer')),
	CONSTRAINT "staff_totp_has_secret" CHECK (("staff"."totp_secret_encrypted" is null) = ("staff"."totp_enabled_at" is null)),
	CONSTRAINT "staff_super_admin_has_no_tenant" CHECK (("staff"."role" = 'super_admin') = ("staff"."tenant_id" is null))
);
--> statement-breakpoint
CREATE TABLE "staff_developments" (
	"tenant_id" uuid NOT NULL,
	"staff_id" uuid NOT NULL,
	"development_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "staff_developments_pkey" PRIMARY KEY("tenant_id","staff_id","development_id")
);
--> statement-breakpoint
CREATE TABLE "staff_links" (
	"tenant_id" uuid NOT NULL,
	"staff_id" uuid NOT NULL,
	"purpose" text NOT NULL,
	"token_hash" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "staff_links_pkey" PRIMARY KEY("tenant_id","staff_id"),
	CONSTRAINT "staff_links_token_hash_key" UNIQUE("token_hash"),
	CONSTRAINT "staff_links_purpose_known" CHECK ("staff_links"."purpose" in ('invitation', 'password_reset'))
);
--> statement-breakpoint
CREATE TABLE "storage_use" (
	"tenant_id" uuid PRIMARY KEY NOT NULL,
	"used_bytes" bigint NOT NULL,
	CONSTRAINT "storage_use_positive" CHECK ("storage_use"."used_bytes" >= 0)
);
--> statement-breakpoint
CREATE TABLE "tenants" (
	"id" uuid PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"suspended_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "tenants_slug_key" UNIQUE("slug")
);
--> statement-breakpoint
CREATE TABLE "units" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"development_id" uuid NOT NULL,
	"house_type_id" uuid NOT NULL,
	"number" text NOT NULL,
	"address_line" text NOT NULL,
	"eircode" text,
	"bedrooms" integer,
	"bathrooms" integer,
	"floor_area_m2" numeric(7, 2),
	"latitude" double precision,
	"longitude" double precision,
	"location_source" text,
	"geocode_quality" text,
	"geocode_form" text,
	"geocode_attempts" smallint DEFAULT 0 NOT NULL,
	"geocode_failure_code" text,
	"geocoded_at" timestamp (3) with time zone,
	"tenure" text,
	"handed_over_on" date,
	"public_id" text NOT NULL,
	"access_code_encrypted" text NOT NULL,
	"claimed_at" timestamp (3) with time zone,
	"card_printed_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "units_public_id_key" UNIQUE("public_id"),
	CONSTRAINT "units_tenant_id_id_key" UNIQUE("tenant_id","id"),
	CONSTRAINT "units_in_development_key" UNIQUE("tenant_id","development_id","id"),
	CONSTRAINT "units_number_key" UNIQUE("tenant_id","development_id","number"),
	CONSTRAINT "units_tenure_known" CHECK ("units"."tenure" in ('sale','rent')),
	CONSTRAINT "units_eircode_shape" CHECK ("units"."eircode" ~ '^(?:D6W|[AC-FHKNPRTV-Y][0-9]{2})[0-9AC-FHKNPRTV-Y]{4}$'),
	CONSTRAINT "units_location_stated" CHECK (("units"."latitude" is not null and "units"."location_source" in ('entered','geocoded')) or ("units"."latitude" is null and coalesce("units"."location_source", 'development') = 'development')),
	CONSTRAINT "units_coordinates_together" CHECK (("units"."latitude" is null) = ("units"."longitude" is null))
);
--> statement-breakpoint
CREATE TABLE "webhook_deliveries" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"webhook_id" uuid NOT NULL,
	"event_id" uuid NOT NULL,
	"event" text NOT NULL,
	"data" jsonb NOT NULL,
	"state" text DEFAULT 'pending' NOT NULL,
	"attempt_count" integer DEFAULT 0 NOT NULL,
	"response_status" integer,
	"duration_ms" integer,
	"failure_code" text,
	"job_id" uuid,
	"delivered_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "webhook_deliveries_tenant_id_id_key" UNIQUE("tenant_id","id"),
	CONSTRAINT "webhook_deliveries_state_known" CHECK ("webhook_deliveries"."state" in ('pending','delivered','failed')),
	CONSTRAINT "webhook_deliveries_delivered_whole" CHECK (("webhook_deliveries"."state" = 'delivered') = ("webhook_deliveries"."delivered_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "webhooks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"url" text NOT NULL,
	"events" text[] NOT NULL,
	"failure_count" integer DEFAULT 0 NOT NULL,
	"disabled_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "webhooks_tenant_id_id_key" UNIQUE("tenant_id","id"),
	CONSTRAINT "webhooks_url_length" CHECK (length("webhooks"."url") between 1 and 2000),
	CONSTRAINT "webhooks_events_some" CHECK (cardinality("webhooks"."events") > 0)
);
--> statement-breakpoint
ALTER TABLE "acknowledgements" ADD CONSTRAINT "acknowledgements_version_fkey" FOREIGN KEY ("tenant_id","document_id","version_id") REFERENCES "public"."document_versions"("tenant_id","document_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "acknowledgements" ADD CONSTRAINT "acknowledgements_unit_fkey" FOREIGN KEY ("tenant_id","development_id","unit_id") REFERENCES "public"."units"("tenant_id","development_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activity_chains" ADD CONSTRAINT "activity_chains_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activity_log" ADD CONSTRAINT "activity_log_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activity_payloads" ADD CONSTRAINT "activity_payloads_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activity_payloads" ADD CONSTRAINT "activity_payloads_activity_fkey" FOREIGN KEY ("tenant_id","activity_id") REFERENCES "public"."activity_log"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activity_seals" ADD CONSTRAINT "activity_seals_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "announcement_dismissals" ADD CONSTRAINT "announcement_dismissals_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "announcement_dismissals" ADD CONSTRAINT "announcement_dismissals_announcement_fkey" FOREIGN KEY ("announcement_id") REFERENCES "public"."announcements"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "brandings" ADD CONSTRAINT "brandings_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calendar_feeds" ADD CONSTRAINT "calendar_feeds_unit_fkey" FOREIGN KEY ("tenant_id","unit_id") REFERENCES "public"."units"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calendar_feeds" ADD CONSTRAINT "calendar_feeds_purchaser_fkey" FOREIGN KEY ("tenant_id","unit_id","purchaser_id") REFERENCES "public"."purchasers"("tenant_id","unit_id","id") ON DELETE cascade ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "chain_checks" ADD CONSTRAINT "chain_checks_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "checklist_items" ADD CONSTRAINT "checklist_items_development_fkey" FOREIGN KEY ("tenant_id","development_id") REFERENCES "public"."developments"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "checklist_ticks" ADD CONSTRAINT "checklist_ticks_item_fkey" FOREIGN KEY ("tenant_id","development_id","item_id") REFERENCES "public"."checklist_items"("tenant_id","development_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "checklist_ticks" ADD CONSTRAINT "checklist_ticks_unit_fkey" FOREIGN KEY ("tenant_id","development_id","unit_id") REFERENCES "public"."units"("tenant_id","development_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chunk_embeddings" ADD CONSTRAINT "chunk_embeddings_development_fkey" FOREIGN KEY ("tenant_id","development_id") REFERENCES "public"."developments"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chunks" ADD CONSTRAINT "chunks_version_fkey" FOREIGN KEY ("tenant_id","document_id","version_id") REFERENCES "public"."document_versions"("tenant_id","document_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chunks" ADD CONSTRAINT "chunks_development_fkey" FOREIGN KEY ("tenant_id","development_id") REFERENCES "public"."developments"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contractor_link_snags" ADD CONSTRAINT "contractor_link_snags_link_fkey" FOREIGN KEY ("tenant_id","development_id","link_id") REFERENCES "public"."contractor_links"("tenant_id","development_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contractor_link_snags" ADD CONSTRAINT "contractor_link_snags_snag_fkey" FOREIGN KEY ("tenant_id","development_id","snag_id") REFERENCES "public"."snags"("tenant_id","development_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contractor_links" ADD CONSTRAINT "contractor_links_development_fkey" FOREIGN KEY ("tenant_id","development_id") REFERENCES "public"."developments"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_unit_fkey" FOREIGN KEY ("tenant_id","unit_id") REFERENCES "public"."units"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_purchaser_fkey" FOREIGN KEY ("tenant_id","unit_id","purchaser_id") REFERENCES "public"."purchasers"("tenant_id","unit_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "daily_activity" ADD CONSTRAINT "daily_activity_development_fkey" FOREIGN KEY ("tenant_id","development_id") REFERENCES "public"."developments"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "daily_answers" ADD CONSTRAINT "daily_answers_development_fkey" FOREIGN KEY ("tenant_id","development_id") REFERENCES "public"."developments"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "daily_erased" ADD CONSTRAINT "daily_erased_development_fkey" FOREIGN KEY ("tenant_id","development_id") REFERENCES "public"."developments"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "daily_home_activity" ADD CONSTRAINT "daily_home_activity_unit_fkey" FOREIGN KEY ("tenant_id","development_id","unit_id") REFERENCES "public"."units"("tenant_id","development_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "daily_tallies" ADD CONSTRAINT "daily_tallies_development_fkey" FOREIGN KEY ("tenant_id","development_id") REFERENCES "public"."developments"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "data_access_log" ADD CONSTRAINT "data_access_log_unit_fkey" FOREIGN KEY ("tenant_id","unit_id") REFERENCES "public"."units"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "data_access_log" ADD CONSTRAINT "data_access_log_document_fkey" FOREIGN KEY ("tenant_id","document_id") REFERENCES "public"."documents"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "developments" ADD CONSTRAINT "developments_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_house_types" ADD CONSTRAINT "document_house_types_document_fkey" FOREIGN KEY ("tenant_id","development_id","document_id") REFERENCES "public"."documents"("tenant_id","development_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_house_types" ADD CONSTRAINT "document_house_types_house_type_fkey" FOREIGN KEY ("tenant_id","development_id","house_type_id") REFERENCES "public"."house_types"("tenant_id","development_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_pages" ADD CONSTRAINT "document_pages_version_fkey" FOREIGN KEY ("tenant_id","version_id") REFERENCES "public"."document_versions"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_versions" ADD CONSTRAINT "document_versions_document_fkey" FOREIGN KEY ("tenant_id","development_id","document_id") REFERENCES "public"."documents"("tenant_id","development_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_visits" ADD CONSTRAINT "document_visits_unit_fkey" FOREIGN KEY ("tenant_id","unit_id") REFERENCES "public"."units"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "documents" ADD CONSTRAINT "documents_development_fkey" FOREIGN KEY ("tenant_id","development_id") REFERENCES "public"."developments"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "documents" ADD CONSTRAINT "documents_unit_fkey" FOREIGN KEY ("tenant_id","development_id","unit_id") REFERENCES "public"."units"("tenant_id","development_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "error_log" ADD CONSTRAINT "error_log_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "facts" ADD CONSTRAINT "facts_development_fkey" FOREIGN KEY ("tenant_id","development_id") REFERENCES "public"."developments"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "facts" ADD CONSTRAINT "facts_house_type_fkey" FOREIGN KEY ("tenant_id","development_id","house_type_id") REFERENCES "public"."house_types"("tenant_id","development_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "facts" ADD CONSTRAINT "facts_unit_fkey" FOREIGN KEY ("tenant_id","development_id","unit_id") REFERENCES "public"."units"("tenant_id","development_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "feature_flags" ADD CONSTRAINT "feature_flags_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "gaps" ADD CONSTRAINT "gaps_knowledge_fkey" FOREIGN KEY ("tenant_id","knowledge_id") REFERENCES "public"."knowledge"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "gaps" ADD CONSTRAINT "gaps_development_fkey" FOREIGN KEY ("tenant_id","development_id") REFERENCES "public"."developments"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "gaps" ADD CONSTRAINT "gaps_unit_fkey" FOREIGN KEY ("tenant_id","development_id","unit_id") REFERENCES "public"."units"("tenant_id","development_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "gaps" ADD CONSTRAINT "gaps_house_type_fkey" FOREIGN KEY ("tenant_id","development_id","house_type_id") REFERENCES "public"."house_types"("tenant_id","development_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "gaps" ADD CONSTRAINT "gaps_message_fkey" FOREIGN KEY ("tenant_id","message_id") REFERENCES "public"."messages"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "golden_failures" ADD CONSTRAINT "golden_failures_run_fkey" FOREIGN KEY ("tenant_id","development_id","run_id") REFERENCES "public"."golden_runs"("tenant_id","development_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "golden_failures" ADD CONSTRAINT "golden_failures_question_fkey" FOREIGN KEY ("tenant_id","development_id","golden_question_id") REFERENCES "public"."golden_questions"("tenant_id","development_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "golden_questions" ADD CONSTRAINT "golden_questions_development_fkey" FOREIGN KEY ("tenant_id","development_id") REFERENCES "public"."developments"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "golden_questions" ADD CONSTRAINT "golden_questions_house_type_fkey" FOREIGN KEY ("tenant_id","development_id","house_type_id") REFERENCES "public"."house_types"("tenant_id","development_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "golden_questions" ADD CONSTRAINT "golden_questions_document_fkey" FOREIGN KEY ("tenant_id","development_id","expected_document_id") REFERENCES "public"."documents"("tenant_id","development_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "golden_questions" ADD CONSTRAINT "golden_questions_author_fkey" FOREIGN KEY ("tenant_id","author_id") REFERENCES "public"."staff"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "golden_runs" ADD CONSTRAINT "golden_runs_development_fkey" FOREIGN KEY ("tenant_id","development_id") REFERENCES "public"."developments"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hidden_place_categories" ADD CONSTRAINT "hidden_place_categories_development_fkey" FOREIGN KEY ("tenant_id","development_id") REFERENCES "public"."developments"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "home_repairs" ADD CONSTRAINT "home_repairs_unit_fkey" FOREIGN KEY ("tenant_id","development_id","unit_id") REFERENCES "public"."units"("tenant_id","development_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "home_repairs" ADD CONSTRAINT "home_repairs_other_unit_fkey" FOREIGN KEY ("tenant_id","development_id","other_unit_id") REFERENCES "public"."units"("tenant_id","development_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "home_repairs" ADD CONSTRAINT "home_repairs_undoes_fkey" FOREIGN KEY ("tenant_id","undoes_id") REFERENCES "public"."home_repairs"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "home_transfers" ADD CONSTRAINT "home_transfers_unit_fkey" FOREIGN KEY ("tenant_id","development_id","unit_id") REFERENCES "public"."units"("tenant_id","development_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "house_types" ADD CONSTRAINT "house_types_development_fkey" FOREIGN KEY ("tenant_id","development_id") REFERENCES "public"."developments"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "idempotent_requests" ADD CONSTRAINT "idempotent_requests_api_key_fkey" FOREIGN KEY ("tenant_id","api_key_id") REFERENCES "public"."api_keys"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "impersonations" ADD CONSTRAINT "impersonations_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "impersonations" ADD CONSTRAINT "impersonations_staff_fkey" FOREIGN KEY ("tenant_id","staff_id") REFERENCES "public"."staff"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "impersonations" ADD CONSTRAINT "impersonations_unit_fkey" FOREIGN KEY ("tenant_id","unit_id") REFERENCES "public"."units"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_rows" ADD CONSTRAINT "import_rows_import_fkey" FOREIGN KEY ("tenant_id","development_id","import_id") REFERENCES "public"."imports"("tenant_id","development_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "imports" ADD CONSTRAINT "imports_development_fkey" FOREIGN KEY ("tenant_id","development_id") REFERENCES "public"."developments"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incident_events" ADD CONSTRAINT "incident_events_incident_fkey" FOREIGN KEY ("incident_id") REFERENCES "public"."incidents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ingestion_log" ADD CONSTRAINT "ingestion_log_document_fkey" FOREIGN KEY ("tenant_id","document_id") REFERENCES "public"."documents"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "job_attempts" ADD CONSTRAINT "job_attempts_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "job_attempts" ADD CONSTRAINT "job_attempts_job_fkey" FOREIGN KEY ("job_id") REFERENCES "public"."job_status"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "job_status" ADD CONSTRAINT "job_status_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "knowledge" ADD CONSTRAINT "knowledge_development_fkey" FOREIGN KEY ("tenant_id","development_id") REFERENCES "public"."developments"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "knowledge" ADD CONSTRAINT "knowledge_unit_fkey" FOREIGN KEY ("tenant_id","development_id","unit_id") REFERENCES "public"."units"("tenant_id","development_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "knowledge" ADD CONSTRAINT "knowledge_author_fkey" FOREIGN KEY ("tenant_id","author_id") REFERENCES "public"."staff"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "knowledge_house_types" ADD CONSTRAINT "knowledge_house_types_knowledge_fkey" FOREIGN KEY ("tenant_id","development_id","knowledge_id") REFERENCES "public"."knowledge"("tenant_id","development_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "knowledge_house_types" ADD CONSTRAINT "knowledge_house_types_house_type_fkey" FOREIGN KEY ("tenant_id","development_id","house_type_id") REFERENCES "public"."house_types"("tenant_id","development_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "list_exports" ADD CONSTRAINT "list_exports_development_fkey" FOREIGN KEY ("tenant_id","development_id") REFERENCES "public"."developments"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "llm_calls" ADD CONSTRAINT "llm_calls_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "llm_error_log" ADD CONSTRAINT "llm_error_log_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "llm_usage" ADD CONSTRAINT "llm_usage_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mails" ADD CONSTRAINT "mails_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mails" ADD CONSTRAINT "mails_unit_fkey" FOREIGN KEY ("tenant_id","unit_id") REFERENCES "public"."units"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "maintenance_done" ADD CONSTRAINT "maintenance_done_item_fkey" FOREIGN KEY ("tenant_id","development_id","item_id") REFERENCES "public"."maintenance_items"("tenant_id","development_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "maintenance_done" ADD CONSTRAINT "maintenance_done_unit_fkey" FOREIGN KEY ("tenant_id","development_id","unit_id") REFERENCES "public"."units"("tenant_id","development_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "maintenance_items" ADD CONSTRAINT "maintenance_items_development_fkey" FOREIGN KEY ("tenant_id","development_id") REFERENCES "public"."developments"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "maintenance_items" ADD CONSTRAINT "maintenance_items_house_type_fkey" FOREIGN KEY ("tenant_id","development_id","house_type_id") REFERENCES "public"."house_types"("tenant_id","development_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "maintenance_items" ADD CONSTRAINT "maintenance_items_unit_fkey" FOREIGN KEY ("tenant_id","development_id","unit_id") REFERENCES "public"."units"("tenant_id","development_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_citations" ADD CONSTRAINT "message_citations_message_fkey" FOREIGN KEY ("tenant_id","message_id") REFERENCES "public"."messages"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_citations" ADD CONSTRAINT "message_citations_version_fkey" FOREIGN KEY ("tenant_id","document_id","version_id") REFERENCES "public"."document_versions"("tenant_id","document_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_conversation_fkey" FOREIGN KEY ("tenant_id","conversation_id") REFERENCES "public"."conversations"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notice_house_types" ADD CONSTRAINT "notice_house_types_notice_fkey" FOREIGN KEY ("tenant_id","development_id","notice_id") REFERENCES "public"."notices"("tenant_id","development_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notice_house_types" ADD CONSTRAINT "notice_house_types_house_type_fkey" FOREIGN KEY ("tenant_id","development_id","house_type_id") REFERENCES "public"."house_types"("tenant_id","development_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notice_reads" ADD CONSTRAINT "notice_reads_notice_fkey" FOREIGN KEY ("tenant_id","development_id","notice_id") REFERENCES "public"."notices"("tenant_id","development_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notice_reads" ADD CONSTRAINT "notice_reads_unit_fkey" FOREIGN KEY ("tenant_id","development_id","unit_id") REFERENCES "public"."units"("tenant_id","development_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notices" ADD CONSTRAINT "notices_development_fkey" FOREIGN KEY ("tenant_id","development_id") REFERENCES "public"."developments"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person_exports" ADD CONSTRAINT "person_exports_unit_fkey" FOREIGN KEY ("tenant_id","unit_id") REFERENCES "public"."units"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person_exports" ADD CONSTRAINT "person_exports_purchaser_fkey" FOREIGN KEY ("tenant_id","unit_id","purchaser_id") REFERENCES "public"."purchasers"("tenant_id","unit_id","id") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "person_preferences" ADD CONSTRAINT "person_preferences_unit_fkey" FOREIGN KEY ("tenant_id","unit_id") REFERENCES "public"."units"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "places" ADD CONSTRAINT "places_development_fkey" FOREIGN KEY ("tenant_id","development_id") REFERENCES "public"."developments"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "purchasers" ADD CONSTRAINT "purchasers_unit_fkey" FOREIGN KEY ("tenant_id","unit_id") REFERENCES "public"."units"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "qr_scans" ADD CONSTRAINT "qr_scans_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "qr_scans" ADD CONSTRAINT "qr_scans_unit_fkey" FOREIGN KEY ("tenant_id","unit_id") REFERENCES "public"."units"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rag_log" ADD CONSTRAINT "rag_log_unit_fkey" FOREIGN KEY ("tenant_id","development_id","unit_id") REFERENCES "public"."units"("tenant_id","development_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rag_log" ADD CONSTRAINT "rag_log_message_fkey" FOREIGN KEY ("tenant_id","message_id") REFERENCES "public"."messages"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rate_limit_log" ADD CONSTRAINT "rate_limit_log_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "request_log" ADD CONSTRAINT "request_log_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "responsibilities" ADD CONSTRAINT "responsibilities_development_fkey" FOREIGN KEY ("tenant_id","development_id") REFERENCES "public"."developments"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "retention_periods" ADD CONSTRAINT "retention_periods_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sealed_conversations" ADD CONSTRAINT "sealed_conversations_repair_fkey" FOREIGN KEY ("tenant_id","repair_id") REFERENCES "public"."home_repairs"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sealed_conversations" ADD CONSTRAINT "sealed_conversations_conversation_fkey" FOREIGN KEY ("tenant_id","conversation_id") REFERENCES "public"."conversations"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_unit_fkey" FOREIGN KEY ("tenant_id","unit_id") REFERENCES "public"."units"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_purchaser_fkey" FOREIGN KEY ("tenant_id","unit_id","purchaser_id") REFERENCES "public"."purchasers"("tenant_id","unit_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "snag_changes" ADD CONSTRAINT "snag_changes_snag_fkey" FOREIGN KEY ("tenant_id","development_id","snag_id") REFERENCES "public"."snags"("tenant_id","development_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "snags" ADD CONSTRAINT "snags_unit_fkey" FOREIGN KEY ("tenant_id","development_id","unit_id") REFERENCES "public"."units"("tenant_id","development_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff" ADD CONSTRAINT "staff_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff_developments" ADD CONSTRAINT "staff_developments_staff_fkey" FOREIGN KEY ("tenant_id","staff_id") REFERENCES "public"."staff"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff_developments" ADD CONSTRAINT "staff_developments_development_fkey" FOREIGN KEY ("tenant_id","development_id") REFERENCES "public"."developments"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff_links" ADD CONSTRAINT "staff_links_staff_fkey" FOREIGN KEY ("tenant_id","staff_id") REFERENCES "public"."staff"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "storage_use" ADD CONSTRAINT "storage_use_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "units" ADD CONSTRAINT "units_development_fkey" FOREIGN KEY ("tenant_id","development_id") REFERENCES "public"."developments"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "units" ADD CONSTRAINT "units_house_type_fkey" FOREIGN KEY ("tenant_id","development_id","house_type_id") REFERENCES "public"."house_types"("tenant_id","development_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_deliveries" ADD CONSTRAINT "webhook_deliveries_webhook_fkey" FOREIGN KEY ("tenant_id","webhook_id") REFERENCES "public"."webhooks"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhooks" ADD CONSTRAINT "webhooks_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "acknowledgements_unit" ON "acknowledgements" USING btree ("tenant_id","unit_id");--> statement-breakpoint
CREATE INDEX "acknowledgements_development" ON "acknowledgements" USING btree ("tenant_id","development_id","id");--> statement-breakpoint
CREATE INDEX "acknowledgements_version" ON "acknowledgements" USING btree ("tenant_id","document_id","version_id");--> statement-breakpoint
CREATE INDEX "activity_chains_tenant" ON "activity_chains" USING btree ("tenant_id");--> statement-breakpoint
CREATE INDEX "activity_log_recent" ON "activity_log" USING btree ("tenant_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "activity_log_actor" ON "activity_log" USING btree ("tenant_id","actor_id");--> statement-breakpoint
CREATE INDEX "activity_log_target" ON "activity_log" USING btree ("tenant_id","target_id","created_at" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "activity_log_request" ON "activity_log" USING btree ("request_id");--> statement-breakpoint
CREATE INDEX "activity_payloads_tenant" ON "activity_payloads" USING btree ("tenant_id","activity_id");--> statement-breakpoint
CREATE INDEX "activity_seals_tenant" ON "activity_seals" USING btree ("tenant_id","sequence");--> statement-breakpoint
CREATE INDEX "announcement_dismissals_announcement" ON "announcement_dismissals" USING btree ("announcement_id");--> statement-breakpoint
CREATE INDEX "announcements_live" ON "announcements" USING btree ("ends_at") WHERE "announcements"."withdrawn_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "calendar_feeds_person_key" ON "calendar_feeds" USING btree ("tenant_id","unit_id",coalesce("purchaser_id", "unit_id"));--> statement-breakpoint
CREATE INDEX "calendar_feeds_purchaser" ON "calendar_feeds" USING btree ("tenant_id","unit_id","purchaser_id");--> statement-breakpoint
CREATE INDEX "chain_checks_recent" ON "chain_checks" USING btree ("tenant_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "checklist_ticks_item" ON "checklist_ticks" USING btree ("tenant_id","item_id");--> statement-breakpoint
CREATE INDEX "chunks_development" ON "chunks" USING btree ("tenant_id","development_id","document_id");--> statement-breakpoint
CREATE INDEX "chunks_content" ON "chunks" USING btree ("tenant_id","development_id","content_sha256");--> statement-breakpoint
CREATE INDEX "contractor_link_snags_link" ON "contractor_link_snags" USING btree ("tenant_id","development_id","link_id");--> statement-breakpoint
CREATE INDEX "contractor_link_snags_snag" ON "contractor_link_snags" USING btree ("tenant_id","development_id","snag_id");--> statement-breakpoint
CREATE INDEX "conversations_recent" ON "conversations" USING btree ("tenant_id","unit_id","last_message_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "conversations_purchaser" ON "conversations" USING btree ("tenant_id","purchaser_id");--> statement-breakpoint
CREATE INDEX "daily_activity_day" ON "daily_activity" USING btree ("tenant_id","day");--> statement-breakpoint
CREATE INDEX "daily_answers_day" ON "daily_answers" USING btree ("day");--> statement-breakpoint
CREATE INDEX "daily_home_activity_unit" ON "daily_home_activity" USING btree ("tenant_id","development_id","unit_id","day");--> statement-breakpoint
CREATE INDEX "daily_home_activity_day" ON "daily_home_activity" USING btree ("day");--> statement-breakpoint
CREATE INDEX "data_access_log_recent" ON "data_access_log" USING btree ("tenant_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "data_access_log_request" ON "data_access_log" USING btree ("request_id");--> statement-breakpoint
CREATE INDEX "data_access_log_unit" ON "data_access_log" USING btree ("tenant_id","unit_id","created_at" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "data_access_log_document" ON "data_access_log" USING btree ("tenant_id","document_id");--> statement-breakpoint
CREATE INDEX "document_house_types_house_type" ON "document_house_types" USING btree ("tenant_id","development_id","house_type_id");--> statement-breakpoint
CREATE UNIQUE INDEX "document_versions_duplicate_key" ON "document_versions" USING btree ("tenant_id","development_id","duplicate_key") WHERE coalesce(failure_code, '') not in ('storage_lost', 'ingestion_failed');--> statement-breakpoint
CREATE INDEX "document_versions_development" ON "document_versions" USING btree ("tenant_id","development_id","status");--> statement-breakpoint
CREATE INDEX "document_visits_unit" ON "document_visits" USING btree ("tenant_id","unit_id");--> statement-breakpoint
CREATE INDEX "documents_development" ON "documents" USING btree ("tenant_id","development_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "documents_unit" ON "documents" USING btree ("tenant_id","unit_id");--> statement-breakpoint
CREATE INDEX "documents_must_read" ON "documents" USING btree ("tenant_id","development_id","id") WHERE must_read_from is not null;--> statement-breakpoint
CREATE INDEX "documents_live_version" ON "documents" USING btree ("tenant_id","live_version_id");--> statement-breakpoint
CREATE INDEX "erasures_recent" ON "erasures" USING btree ("tenant_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "error_groups_recent" ON "error_groups" USING btree ("last_seen_at" DESC NULLS FIRST,"fingerprint" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "error_log_recent" ON "error_log" USING btree ("tenant_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "error_log_fingerprint" ON "error_log" USING btree ("fingerprint","id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "error_log_request" ON "error_log" USING btree ("request_id");--> statement-breakpoint
CREATE INDEX "events_feed" ON "events" USING btree ("tenant_id","transaction_id","id");--> statement-breakpoint
CREATE INDEX "events_age" ON "events" USING btree ("created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "facts_scope_key" ON "facts" USING btree ("tenant_id","development_id","key",coalesce("house_type_id", '00000000-0000-0000-0000-000000000000'),coalesce("unit_id", '00000000-0000-0000-0000-000000000000'));--> statement-breakpoint
CREATE INDEX "facts_unit" ON "facts" USING btree ("tenant_id","unit_id");--> statement-breakpoint
CREATE INDEX "facts_house_type" ON "facts" USING btree ("tenant_id","development_id","house_type_id");--> statement-breakpoint
CREATE UNIQUE INDEX "gaps_message_key" ON "gaps" USING btree ("tenant_id","message_id");--> statement-breakpoint
CREATE INDEX "gaps_open" ON "gaps" USING btree ("tenant_id","development_id","status","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "gaps_unit" ON "gaps" USING btree ("tenant_id","unit_id");--> statement-breakpoint
CREATE INDEX "gaps_group" ON "gaps" USING btree ("tenant_id","development_id","group_id");--> statement-breakpoint
CREATE INDEX "gaps_knowledge" ON "gaps" USING btree ("tenant_id","knowledge_id");--> statement-breakpoint
CREATE INDEX "gaps_house_type" ON "gaps" USING btree ("tenant_id","development_id","house_type_id");--> statement-breakpoint
CREATE INDEX "golden_failures_run" ON "golden_failures" USING btree ("tenant_id","development_id","run_id");--> statement-breakpoint
CREATE INDEX "golden_failures_question" ON "golden_failures" USING btree ("tenant_id","development_id","golden_question_id");--> statement-breakpoint
CREATE INDEX "golden_questions_development" ON "golden_questions" USING btree ("tenant_id","development_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "golden_questions_house_type" ON "golden_questions" USING btree ("tenant_id","development_id","house_type_id");--> statement-breakpoint
CREATE INDEX "golden_questions_document" ON "golden_questions" USING btree ("tenant_id","development_id","expected_document_id");--> statement-breakpoint
CREATE INDEX "golden_questions_author" ON "golden_questions" USING btree ("tenant_id","author_id");--> statement-breakpoint
CREATE INDEX "home_repairs_unit" ON "home_repairs" USING btree ("tenant_id","unit_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "home_repairs_other_unit" ON "home_repairs" USING btree ("tenant_id","other_unit_id");--> statement-breakpoint
CREATE UNIQUE INDEX "home_transfers_one_open" ON "home_transfers" USING btree ("tenant_id","unit_id") WHERE "home_transfers"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "home_transfers_unit" ON "home_transfers" USING btree ("tenant_id","unit_id","id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "home_transfers_open" ON "home_transfers" USING btree ("tenant_id","development_id","id") WHERE "home_transfers"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "house_types_by_code" ON "house_types" USING btree ("tenant_id","development_id",code collate "C","id");--> statement-breakpoint
CREATE INDEX "idempotent_requests_age" ON "idempotent_requests" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "impersonations_recent" ON "impersonations" USING btree ("tenant_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "impersonations_unit" ON "impersonations" USING btree ("tenant_id","unit_id");--> statement-breakpoint
CREATE INDEX "impersonations_staff" ON "impersonations" USING btree ("tenant_id","staff_id");--> statement-breakpoint
CREATE INDEX "impersonations_open" ON "impersonations" USING btree ("expires_at") WHERE "impersonations"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "imports_recent" ON "imports" USING btree ("tenant_id","development_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "incident_events_incident" ON "incident_events" USING btree ("incident_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "incidents_one_open_a_rule" ON "incidents" USING btree ("rule") WHERE "incidents"."resolved_at" is null;--> statement-breakpoint
CREATE INDEX "incidents_open" ON "incidents" USING btree ("id") WHERE "incidents"."resolved_at" is null;--> statement-breakpoint
CREATE INDEX "ingestion_log_recent" ON "ingestion_log" USING btree ("tenant_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "ingestion_log_document" ON "ingestion_log" USING btree ("tenant_id","document_id");--> statement-breakpoint
CREATE INDEX "job_attempts_job" ON "job_attempts" USING btree ("job_id","attempt");--> statement-breakpoint
CREATE INDEX "job_attempts_tenant" ON "job_attempts" USING btree ("tenant_id","started_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "job_status_claim" ON "job_status" USING btree (coalesce(tenant_id, '00000000-0000-0000-0000-000000000000'),"priority","scheduled_at","id") WHERE state in ('available','scheduled','retryable');--> statement-breakpoint
CREATE INDEX "job_status_leases" ON "job_status" USING btree ("lease_expires_at") WHERE state = 'running';--> statement-breakpoint
CREATE INDEX "job_status_finalized" ON "job_status" USING btree ("finalized_at") WHERE finalized_at is not null;--> statement-breakpoint
CREATE INDEX "job_status_recent" ON "job_status" USING btree ("tenant_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "job_status_newest" ON "job_status" USING btree ("created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE UNIQUE INDEX "job_status_dedupe_key" ON "job_status" USING btree (coalesce(tenant_id, '00000000-0000-0000-0000-000000000000'),"kind","dedupe_key") WHERE dedupe_key is not null and state in ('available','scheduled','running','retryable');--> statement-breakpoint
CREATE INDEX "knowledge_development" ON "knowledge" USING btree ("tenant_id","development_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "knowledge_unit" ON "knowledge" USING btree ("tenant_id","unit_id");--> statement-breakpoint
CREATE INDEX "knowledge_author" ON "knowledge" USING btree ("tenant_id","author_id");--> statement-breakpoint
CREATE INDEX "knowledge_house_types_house_type" ON "knowledge_house_types" USING btree ("tenant_id","development_id","house_type_id");--> statement-breakpoint
CREATE INDEX "list_exports_development" ON "list_exports" USING btree ("tenant_id","development_id","list");--> statement-breakpoint
CREATE INDEX "llm_error_log_recent" ON "llm_error_log" USING btree ("tenant_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "llm_error_log_request" ON "llm_error_log" USING btree ("request_id");--> statement-breakpoint
CREATE INDEX "load_samples_recent" ON "load_samples" USING btree ("created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "mails_recent" ON "mails" USING btree ("tenant_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "mails_unit" ON "mails" USING btree ("tenant_id","unit_id");--> statement-breakpoint
CREATE INDEX "maintenance_done_item" ON "maintenance_done" USING btree ("tenant_id","item_id");--> statement-breakpoint
CREATE INDEX "maintenance_items_house_type" ON "maintenance_items" USING btree ("tenant_id","development_id","house_type_id");--> statement-breakpoint
CREATE INDEX "maintenance_items_unit" ON "maintenance_items" USING btree ("tenant_id","unit_id");--> statement-breakpoint
CREATE INDEX "message_citations_document" ON "message_citations" USING btree ("tenant_id","document_id","created_at" DESC NULLS FIRST,"message_id" DESC NULLS FIRST,"position");--> statement-breakpoint
CREATE INDEX "message_citations_version" ON "message_citations" USING btree ("tenant_id","document_id","version_id");--> statement-breakpoint
CREATE INDEX "messages_recent" ON "messages" USING btree ("tenant_id","created_at");--> statement-breakpoint
CREATE INDEX "messages_conversation" ON "messages" USING btree ("tenant_id","conversation_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "messages_feedback" ON "messages" USING btree ("tenant_id","feedback_at" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE feedback is not null;--> statement-breakpoint
CREATE INDEX "notice_house_types_house_type" ON "notice_house_types" USING btree ("tenant_id","development_id","house_type_id");--> statement-breakpoint
CREATE INDEX "notice_reads_unit" ON "notice_reads" USING btree ("tenant_id","unit_id");--> statement-breakpoint
CREATE INDEX "person_exports_unit" ON "person_exports" USING btree ("tenant_id","unit_id","created_at" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "person_exports_purchaser" ON "person_exports" USING btree ("tenant_id","purchaser_id");--> statement-breakpoint
CREATE INDEX "person_preferences_unit" ON "person_preferences" USING btree ("tenant_id","unit_id");--> statement-breakpoint
CREATE UNIQUE INDEX "places_name_key" ON "places" USING btree ("tenant_id","development_id","category","name") WHERE provider is null;--> statement-breakpoint
CREATE UNIQUE INDEX "places_external_key" ON "places" USING btree ("tenant_id","development_id","provider","external_id") WHERE provider is not null;--> statement-breakpoint
CREATE INDEX "places_list" ON "places" USING btree ("tenant_id","development_id","category","name","id");--> statement-breakpoint
CREATE INDEX "places_expiry" ON "places" USING btree ("expires_at") WHERE expires_at is not null;--> statement-breakpoint
CREATE INDEX "purges_recent" ON "purges" USING btree ("created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "qr_scans_recent" ON "qr_scans" USING btree ("tenant_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "qr_scans_request" ON "qr_scans" USING btree ("request_id");--> statement-breakpoint
CREATE INDEX "qr_scans_unit" ON "qr_scans" USING btree ("tenant_id","unit_id","created_at" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "rag_log_recent" ON "rag_log" USING btree ("tenant_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "rag_log_development" ON "rag_log" USING btree ("tenant_id","development_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "rag_log_message" ON "rag_log" USING btree ("tenant_id","message_id");--> statement-breakpoint
CREATE INDEX "rag_log_unit" ON "rag_log" USING btree ("tenant_id","unit_id");--> statement-breakpoint
CREATE INDEX "rag_log_request" ON "rag_log" USING btree ("request_id");--> statement-breakpoint
CREATE INDEX "rate_limit_log_recent" ON "rate_limit_log" USING btree ("tenant_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "rate_limit_log_request" ON "rate_limit_log" USING btree ("request_id");--> statement-breakpoint
CREATE INDEX "release_notes_shown" ON "release_notes" USING btree ("id" DESC NULLS FIRST) WHERE "release_notes"."withdrawn_at" is null;--> statement-breakpoint
CREATE INDEX "request_log_recent" ON "request_log" USING btree ("tenant_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "request_log_newest" ON "request_log" USING btree ("created_at" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "request_log_request" ON "request_log" USING btree ("request_id");--> statement-breakpoint
CREATE INDEX "sealed_conversations_repair" ON "sealed_conversations" USING btree ("tenant_id","repair_id");--> statement-breakpoint
CREATE INDEX "sealed_conversations_purchaser" ON "sealed_conversations" USING btree ("tenant_id","purchaser_id");--> statement-breakpoint
CREATE INDEX "sessions_tenant" ON "sessions" USING btree ("tenant_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "sessions_staff" ON "sessions" USING btree ("staff_id");--> statement-breakpoint
CREATE INDEX "sessions_unit" ON "sessions" USING btree ("tenant_id","unit_id","purchaser_id");--> statement-breakpoint
CREATE INDEX "snag_changes_snag" ON "snag_changes" USING btree ("tenant_id","snag_id","id");--> statement-breakpoint
CREATE INDEX "snags_unit" ON "snags" USING btree ("tenant_id","unit_id","id");--> statement-breakpoint
CREATE INDEX "snags_board" ON "snags" USING btree ("tenant_id","development_id","status","id");--> statement-breakpoint
CREATE INDEX "snags_open" ON "snags" USING btree ("tenant_id","development_id","id") WHERE closed_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "staff_email_key" ON "staff" USING btree (lower("email"));--> statement-breakpoint
CREATE INDEX "staff_developments_development" ON "staff_developments" USING btree ("tenant_id","development_id");--> statement-breakpoint
CREATE INDEX "units_house_type" ON "units" USING btree ("tenant_id","development_id","house_type_id","id");--> statement-breakpoint
CREATE INDEX "units_by_number" ON "units" USING btree ("tenant_id","development_id",(lpad(left(regexp_replace(number, '\D', '', 'g'), 10), 10, '0') || number) collate "C","id");--> statement-breakpoint
CREATE INDEX "units_by_address" ON "units" USING btree ("tenant_id","development_id",lower(address_line) collate "C","id");--> statement-breakpoint
CREATE INDEX "units_by_bedrooms" ON "units" USING btree ("tenant_id","development_id",coalesce(bedrooms, 0),"id");--> statement-breakpoint
CREATE INDEX "units_by_area" ON "units" USING btree ("tenant_id","development_id",coalesce(floor_area_m2, 0),"id");--> statement-breakpoint
CREATE INDEX "units_by_handover" ON "units" USING btree ("tenant_id","development_id",coalesce(handed_over_on, '-infinity'::date),"id");--> statement-breakpoint
CREATE INDEX "units_by_claim" ON "units" USING btree ("tenant_id","development_id",coalesce(claimed_at, '-infinity'::timestamptz),"id");--> statement-breakpoint
CREATE INDEX "webhook_deliveries_recent" ON "webhook_deliveries" USING btree ("tenant_id","webhook_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);