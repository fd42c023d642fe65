CREATE TABLE "privacy_delivery" (
	"contact_id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"chat_id" uuid NOT NULL,
	"message_id" uuid NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"released_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "privacy_notice" (
	"id" uuid PRIMARY KEY DEFAULT new_id() NOT NULL,
	"account_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"fields" jsonb NOT NULL,
	"texts" jsonb NOT NULL,
	"person_id" uuid,
	"published_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "privacy_request" (
	"id" uuid PRIMARY KEY DEFAULT new_id() NOT NULL,
	"account_id" uuid NOT NULL,
	"contact_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"asked" text NOT NULL,
	"received_on" date NOT NULL,
	"due_on" date NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"outcome" text DEFAULT '' NOT NULL,
	"person_id" uuid,
	"settled_by" uuid,
	"settled_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "privacy_request_kind" CHECK ("privacy_request"."kind" in ('access', 'rectification', 'erasure', 'objection', 'portability')),
	CONSTRAINT "privacy_request_state" CHECK ("privacy_request"."state" in ('open', 'done', 'refused'))
);
--> statement-breakpoint
CREATE TABLE "privacy_setting" (
	"account_id" uuid PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"sends_to_new" boolean DEFAULT false NOT NULL,
	"sends_since" timestamp (3) with time zone,
	"sentence" text NOT NULL,
	"answer_days" integer DEFAULT 15 NOT NULL,
	"rev" bigint DEFAULT 1 NOT NULL,
	CONSTRAINT "privacy_setting_days" CHECK ("privacy_setting"."answer_days" between 1 and 60)
);
--> statement-breakpoint
ALTER TABLE "privacy_delivery" ADD CONSTRAINT "privacy_delivery_contact_id_contact_id_fk" FOREIGN KEY ("contact_id") REFERENCES "public"."contact"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "privacy_delivery" ADD CONSTRAINT "privacy_delivery_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "privacy_delivery" ADD CONSTRAINT "privacy_delivery_chat_id_chat_id_fk" FOREIGN KEY ("chat_id") REFERENCES "public"."chat"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "privacy_notice" ADD CONSTRAINT "privacy_notice_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "privacy_notice" ADD CONSTRAINT "privacy_notice_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "privacy_request" ADD CONSTRAINT "privacy_request_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "privacy_request" ADD CONSTRAINT "privacy_request_contact_id_contact_id_fk" FOREIGN KEY ("contact_id") REFERENCES "public"."contact"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "privacy_request" ADD CONSTRAINT "privacy_request_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "privacy_request" ADD CONSTRAINT "privacy_request_settled_by_person_id_fk" FOREIGN KEY ("settled_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "privacy_setting" ADD CONSTRAINT "privacy_setting_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "privacy_delivery_account" ON "privacy_delivery" USING btree ("account_id");--> statement-breakpoint
CREATE UNIQUE INDEX "privacy_notice_version" ON "privacy_notice" USING btree ("account_id","version");--> statement-breakpoint
CREATE INDEX "privacy_request_contact" ON "privacy_request" USING btree ("contact_id");--> statement-breakpoint
CREATE INDEX "privacy_request_due" ON "privacy_request" USING btree ("account_id","state","due_on","id");--> statement-breakpoint
CREATE UNIQUE INDEX "privacy_setting_key" ON "privacy_setting" USING btree ("key");