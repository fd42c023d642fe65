CREATE TABLE "channel_consent" (
	"channel_id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"out_words" text[] NOT NULL,
	"in_words" text[] NOT NULL,
	"covers" text DEFAULT 'all' NOT NULL,
	"out_reply" text DEFAULT '' NOT NULL,
	"in_reply" text DEFAULT '' NOT NULL,
	"rev" bigint DEFAULT 1 NOT NULL,
	CONSTRAINT "channel_consent_covers" CHECK ("channel_consent"."covers" in ('channel', 'all'))
);
--> statement-breakpoint
CREATE TABLE "consent" (
	"id" uuid PRIMARY KEY DEFAULT new_id() NOT NULL,
	"account_id" uuid NOT NULL,
	"contact_id" uuid NOT NULL,
	"channel_id" uuid,
	"purpose" text DEFAULT 'all' NOT NULL,
	"state" text NOT NULL,
	"source" text NOT NULL,
	"how" text DEFAULT '' NOT NULL,
	"person_id" uuid,
	"message_id" uuid,
	"ref" text,
	"at" timestamp (3) with time zone NOT NULL,
	"superseded_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "consent_purpose" CHECK ("consent"."purpose" in ('all', 'marketing')),
	CONSTRAINT "consent_state" CHECK ("consent"."state" in ('in', 'out')),
	CONSTRAINT "consent_source" CHECK ("consent"."source" in ('customer', 'person', 'import', 'api', 'provider'))
);
--> statement-breakpoint
ALTER TABLE "channel_consent" ADD CONSTRAINT "channel_consent_channel_id_channel_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."channel"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "channel_consent" ADD CONSTRAINT "channel_consent_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consent" ADD CONSTRAINT "consent_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consent" ADD CONSTRAINT "consent_contact_id_contact_id_fk" FOREIGN KEY ("contact_id") REFERENCES "public"."contact"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consent" ADD CONSTRAINT "consent_channel_id_channel_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."channel"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consent" ADD CONSTRAINT "consent_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consent" ADD CONSTRAINT "consent_message_id_message_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."message"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "consent_contact" ON "consent" USING btree ("contact_id");--> statement-breakpoint
CREATE INDEX "consent_holds" ON "consent" USING btree ("account_id","id") WHERE "consent"."superseded_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "consent_once" ON "consent" USING btree ("account_id","ref") WHERE "consent"."ref" is not null;