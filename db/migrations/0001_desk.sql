CREATE TABLE "channel" (
	"id" uuid PRIMARY KEY DEFAULT new_id() NOT NULL,
	"account_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"key" text NOT NULL,
	"phone" text NOT NULL,
	"line" text NOT NULL,
	"sealed" text NOT NULL,
	"settings" jsonb DEFAULT '{"allowVideo":false,"allowLinks":false}'::jsonb NOT NULL,
	"problem" text,
	"sending_paused_at" timestamp (3) with time zone,
	"receiving_paused_at" timestamp (3) with time zone,
	"last_hook_at" timestamp (3) with time zone,
	"rev" bigint DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"archived_at" timestamp (3) with time zone,
	CONSTRAINT "channel_kind" CHECK ("channel"."kind" in ('meta', 'gupshup', 'session'))
);
--> statement-breakpoint
CREATE TABLE "channel_news" (
	"id" uuid PRIMARY KEY DEFAULT new_id() NOT NULL,
	"account_id" uuid NOT NULL,
	"channel_id" uuid NOT NULL,
	"field" text NOT NULL,
	"level" text NOT NULL,
	"raw" jsonb NOT NULL,
	"fingerprint" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "contact" (
	"id" uuid PRIMARY KEY DEFAULT new_id() NOT NULL,
	"account_id" uuid NOT NULL,
	"name" text,
	"profile_name" text,
	"username" text,
	"phone" text,
	"search" text DEFAULT '' NOT NULL,
	"merged_into" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"archived_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "contact_identity" (
	"account_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"value" text NOT NULL,
	"contact_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "contact_identity_pk" PRIMARY KEY("account_id","kind","value"),
	CONSTRAINT "contact_identity_kind" CHECK ("contact_identity"."kind" in ('phone', 'bsuid', 'lid', 'portal'))
);
--> statement-breakpoint
CREATE TABLE "account" (
	"id" uuid PRIMARY KEY DEFAULT new_id() NOT NULL,
	"name" text NOT NULL,
	"country" text DEFAULT 'EC' NOT NULL,
	"time_zone" text DEFAULT 'America/Guayaquil' NOT NULL,
	"settings" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"archived_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "person" (
	"id" uuid PRIMARY KEY DEFAULT new_id() NOT NULL,
	"account_id" uuid NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"role" text NOT NULL,
	"language" text DEFAULT 'es' NOT NULL,
	"password_hash" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"deactivated_at" timestamp (3) with time zone,
	CONSTRAINT "person_role" CHECK ("person"."role" in ('administrator', 'supervisor', 'agent')),
	CONSTRAINT "person_language" CHECK ("person"."language" in ('es', 'en', 'pt'))
);
--> statement-breakpoint
CREATE TABLE "session" (
	"id" uuid PRIMARY KEY DEFAULT new_id() NOT NULL,
	"account_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"kind" text DEFAULT 'app' NOT NULL,
	"user_agent" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"last_seen_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"revoked_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "sign_in_try" (
	"key" text PRIMARY KEY NOT NULL,
	"failures" integer DEFAULT 0 NOT NULL,
	"blocked_until" timestamp (3) with time zone,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "chat" (
	"id" uuid PRIMARY KEY DEFAULT new_id() NOT NULL,
	"account_id" uuid NOT NULL,
	"channel_id" uuid NOT NULL,
	"contact_id" uuid NOT NULL,
	"object_key" text NOT NULL,
	"state" text DEFAULT 'new' NOT NULL,
	"assignee_id" uuid,
	"unanswered" integer DEFAULT 0 NOT NULL,
	"waiting_since" timestamp (3) with time zone,
	"last_inbound_at" timestamp (3) with time zone,
	"last_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"last" jsonb,
	"rank" bigint DEFAULT 0 NOT NULL,
	"rev" bigint DEFAULT 1 NOT NULL,
	"merged_into" uuid,
	"merged_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "chat_state" CHECK ("chat"."state" in ('new', 'pending', 'waiting', 'closed'))
);
--> statement-breakpoint
CREATE TABLE "delivery_event" (
	"account_id" uuid NOT NULL,
	"message_id" uuid NOT NULL,
	"status" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"code" text,
	"provider_code" text,
	"pricing" jsonb,
	CONSTRAINT "delivery_event_pk" PRIMARY KEY("message_id","status")
);
--> statement-breakpoint
CREATE TABLE "media" (
	"id" uuid PRIMARY KEY DEFAULT new_id() NOT NULL,
	"account_id" uuid NOT NULL,
	"ref" jsonb,
	"r2_key" text,
	"mime" text NOT NULL,
	"kind" text NOT NULL,
	"size" bigint,
	"sha256" text,
	"name" text,
	"state" text DEFAULT 'pending' NOT NULL,
	"reason" text,
	"person_id" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "media_state" CHECK ("media"."state" in ('pending', 'ready', 'lost'))
);
--> statement-breakpoint
CREATE TABLE "message" (
	"id" uuid PRIMARY KEY DEFAULT new_id() NOT NULL,
	"account_id" uuid NOT NULL,
	"chat_id" uuid NOT NULL,
	"channel_id" uuid NOT NULL,
	"direction" text NOT NULL,
	"kind" text NOT NULL,
	"text" text,
	"media_id" uuid,
	"extra" jsonb,
	"status" text,
	"error_code" text,
	"provider_code" text,
	"author_kind" text NOT NULL,
	"author_id" uuid,
	"author_name" text,
	"at" timestamp (3) with time zone NOT NULL,
	"provider_id" text,
	"provider_alias" text,
	"reply_to" uuid,
	"quoted" text,
	"reactions" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"edited_at" timestamp (3) with time zone,
	"deleted_at" timestamp (3) with time zone,
	"token" uuid,
	"body_hash" text,
	"trace_id" text,
	"rev" bigint DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "message_direction" CHECK ("message"."direction" in ('in', 'out', 'note')),
	CONSTRAINT "message_status" CHECK ("message"."status" in ('queued', 'sending', 'unconfirmed', 'sent', 'delivered', 'read', 'played', 'failed', 'discarded'))
);
--> statement-breakpoint
CREATE TABLE "message_revision" (
	"message_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"provider_id" text NOT NULL,
	"text" text,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "message_revision_pk" PRIMARY KEY("message_id","provider_id")
);
--> statement-breakpoint
CREATE TABLE "parked_status" (
	"account_id" uuid NOT NULL,
	"channel_id" uuid NOT NULL,
	"provider_id" text NOT NULL,
	"status" text NOT NULL,
	"body" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "parked_status_pk" PRIMARY KEY("channel_id","provider_id","status")
);
--> statement-breakpoint
CREATE TABLE "dead_letter" (
	"id" uuid PRIMARY KEY DEFAULT new_id() NOT NULL,
	"account_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"chat_id" uuid,
	"message_id" uuid,
	"reason" text NOT NULL,
	"payload" jsonb,
	"attempts" integer DEFAULT 0 NOT NULL,
	"trace_id" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"settled" text,
	"settled_at" timestamp (3) with time zone,
	"settled_by" uuid
);
--> statement-breakpoint
CREATE TABLE "job" (
	"id" uuid PRIMARY KEY DEFAULT new_id() NOT NULL,
	"account_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"ref" jsonb NOT NULL,
	"trace_id" text,
	"attempts" integer DEFAULT 0 NOT NULL,
	"run_after" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"started_at" timestamp (3) with time zone,
	"done_at" timestamp (3) with time zone,
	"last_error" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "trace" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "trace_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"account_id" uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"level" text NOT NULL,
	"place" text NOT NULL,
	"what" text NOT NULL,
	"code" text,
	"trace_id" text,
	"channel_id" uuid,
	"chat_id" uuid,
	"message_id" uuid,
	"data" jsonb
);
--> statement-breakpoint
ALTER TABLE "channel" ADD CONSTRAINT "channel_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "channel_news" ADD CONSTRAINT "channel_news_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "channel_news" ADD CONSTRAINT "channel_news_channel_id_channel_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."channel"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact" ADD CONSTRAINT "contact_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact" ADD CONSTRAINT "contact_merged_into_contact_id_fk" FOREIGN KEY ("merged_into") REFERENCES "public"."contact"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_identity" ADD CONSTRAINT "contact_identity_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_identity" ADD CONSTRAINT "contact_identity_contact_id_contact_id_fk" FOREIGN KEY ("contact_id") REFERENCES "public"."contact"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person" ADD CONSTRAINT "person_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session" ADD CONSTRAINT "session_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session" ADD CONSTRAINT "session_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chat" ADD CONSTRAINT "chat_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chat" ADD CONSTRAINT "chat_channel_id_channel_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."channel"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chat" ADD CONSTRAINT "chat_contact_id_contact_id_fk" FOREIGN KEY ("contact_id") REFERENCES "public"."contact"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chat" ADD CONSTRAINT "chat_assignee_id_person_id_fk" FOREIGN KEY ("assignee_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chat" ADD CONSTRAINT "chat_merged_into_chat_id_fk" FOREIGN KEY ("merged_into") REFERENCES "public"."chat"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delivery_event" ADD CONSTRAINT "delivery_event_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delivery_event" ADD CONSTRAINT "delivery_event_message_id_message_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."message"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "media" ADD CONSTRAINT "media_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "media" ADD CONSTRAINT "media_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message" ADD CONSTRAINT "message_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message" ADD CONSTRAINT "message_chat_id_chat_id_fk" FOREIGN KEY ("chat_id") REFERENCES "public"."chat"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message" ADD CONSTRAINT "message_channel_id_channel_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."channel"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message" ADD CONSTRAINT "message_media_id_media_id_fk" FOREIGN KEY ("media_id") REFERENCES "public"."media"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message" ADD CONSTRAINT "message_reply_to_message_id_fk" FOREIGN KEY ("reply_to") REFERENCES "public"."message"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_revision" ADD CONSTRAINT "message_revision_message_id_message_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."message"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_revision" ADD CONSTRAINT "message_revision_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "parked_status" ADD CONSTRAINT "parked_status_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "parked_status" ADD CONSTRAINT "parked_status_channel_id_channel_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."channel"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dead_letter" ADD CONSTRAINT "dead_letter_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "job" ADD CONSTRAINT "job_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "trace" ADD CONSTRAINT "trace_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "channel_key" ON "channel" USING btree ("key");--> statement-breakpoint
CREATE UNIQUE INDEX "channel_line" ON "channel" USING btree ("kind","line") WHERE "channel"."archived_at" is null;--> statement-breakpoint
CREATE INDEX "channel_account" ON "channel" USING btree ("account_id");--> statement-breakpoint
CREATE UNIQUE INDEX "channel_news_once" ON "channel_news" USING btree ("channel_id","fingerprint");--> statement-breakpoint
CREATE INDEX "channel_news_at" ON "channel_news" USING btree ("account_id","at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "contact_search" ON "contact" USING gin ("search" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "contact_account" ON "contact" USING btree ("account_id","id");--> statement-breakpoint
CREATE INDEX "contact_identity_contact" ON "contact_identity" USING btree ("contact_id");--> statement-breakpoint
CREATE UNIQUE INDEX "person_email" ON "person" USING btree (lower("email"));--> statement-breakpoint
CREATE INDEX "person_account" ON "person" USING btree ("account_id");--> statement-breakpoint
CREATE UNIQUE INDEX "session_token" ON "session" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "session_person" ON "session" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "chat_merged" ON "chat" USING btree ("merged_into") WHERE "chat"."merged_into" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "chat_once" ON "chat" USING btree ("channel_id","contact_id") WHERE "chat"."merged_into" is null;--> statement-breakpoint
CREATE INDEX "chat_open" ON "chat" USING btree ("account_id","rank","id") WHERE "chat"."merged_into" is null and "chat"."state" <> 'closed';--> statement-breakpoint
CREATE INDEX "chat_mine" ON "chat" USING btree ("account_id","assignee_id","rank","id") WHERE "chat"."merged_into" is null and "chat"."state" <> 'closed';--> statement-breakpoint
CREATE INDEX "chat_closed" ON "chat" USING btree ("account_id","rank","id") WHERE "chat"."merged_into" is null and "chat"."state" = 'closed';--> statement-breakpoint
CREATE INDEX "chat_contact" ON "chat" USING btree ("contact_id");--> statement-breakpoint
CREATE INDEX "media_account" ON "media" USING btree ("account_id","id");--> statement-breakpoint
CREATE INDEX "message_page" ON "message" USING btree ("chat_id","at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE UNIQUE INDEX "message_provider" ON "message" USING btree ("channel_id","provider_id") WHERE "message"."provider_id" is not null;--> statement-breakpoint
CREATE INDEX "message_alias" ON "message" USING btree ("channel_id","provider_alias") WHERE "message"."provider_alias" is not null;--> statement-breakpoint
CREATE INDEX "message_media" ON "message" USING btree ("media_id") WHERE "message"."media_id" is not null;--> statement-breakpoint
CREATE INDEX "dead_letter_open" ON "dead_letter" USING btree ("account_id","id" DESC NULLS LAST) WHERE "dead_letter"."settled_at" is null;--> statement-breakpoint
CREATE INDEX "dead_letter_list" ON "dead_letter" USING btree ("account_id","id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "job_open" ON "job" USING btree ("run_after") WHERE "job"."done_at" is null;--> statement-breakpoint
CREATE INDEX "trace_message" ON "trace" USING btree ("message_id","id") WHERE "trace"."message_id" is not null;--> statement-breakpoint
CREATE INDEX "trace_time" ON "trace" USING btree ("account_id","id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "trace_trouble" ON "trace" USING btree ("account_id","id" DESC NULLS LAST) WHERE "trace"."level" <> 'info';--> statement-breakpoint
CREATE INDEX "trace_trace" ON "trace" USING btree ("trace_id");--> statement-breakpoint
CREATE INDEX "trace_age" ON "trace" USING brin ("at");