CREATE TABLE "channel_outage" (
	"id" uuid PRIMARY KEY DEFAULT new_id() NOT NULL,
	"account_id" uuid NOT NULL,
	"channel_id" uuid NOT NULL,
	"problem" text NOT NULL,
	"began_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "channel_outage_told" (
	"account_id" uuid NOT NULL,
	"outage_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"told_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"seen_at" timestamp (3) with time zone,
	CONSTRAINT "channel_outage_told_pk" PRIMARY KEY("outage_id","person_id")
);
--> statement-breakpoint
ALTER TABLE "channel" ADD COLUMN "quality" text;--> statement-breakpoint
ALTER TABLE "channel" ADD COLUMN "quality_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "channel_outage" ADD CONSTRAINT "channel_outage_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "channel_outage" ADD CONSTRAINT "channel_outage_channel_id_channel_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."channel"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "channel_outage_told" ADD CONSTRAINT "channel_outage_told_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "channel_outage_told" ADD CONSTRAINT "channel_outage_told_outage_id_channel_outage_id_fk" FOREIGN KEY ("outage_id") REFERENCES "public"."channel_outage"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "channel_outage_told" ADD CONSTRAINT "channel_outage_told_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "channel_outage_open" ON "channel_outage" USING btree ("channel_id") WHERE "channel_outage"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "channel_outage_account" ON "channel_outage" USING btree ("account_id","began_at");--> statement-breakpoint
CREATE INDEX "channel_outage_unseen" ON "channel_outage_told" USING btree ("person_id") WHERE "channel_outage_told"."seen_at" is null;