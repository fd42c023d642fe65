CREATE TABLE "portal_deed" (
	"id" uuid PRIMARY KEY DEFAULT new_id() NOT NULL,
	"account_id" uuid NOT NULL,
	"portal_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"key" text NOT NULL,
	"code" text NOT NULL,
	"channel_id" uuid,
	"body" jsonb NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"problem" text,
	"told" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"settled_at" timestamp (3) with time zone,
	CONSTRAINT "portal_deed_kind" CHECK ("portal_deed"."kind" in ('robot', 'sms')),
	CONSTRAINT "portal_deed_state" CHECK ("portal_deed"."state" in ('waiting', 'sent', 'refused'))
);
--> statement-breakpoint
ALTER TABLE "portal_deed" ADD CONSTRAINT "portal_deed_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portal_deed" ADD CONSTRAINT "portal_deed_portal_id_portal_id_fk" FOREIGN KEY ("portal_id") REFERENCES "public"."portal"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portal_deed" ADD CONSTRAINT "portal_deed_channel_id_channel_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."channel"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "portal_deed_once" ON "portal_deed" USING btree ("portal_id","kind","key");--> statement-breakpoint
CREATE INDEX "portal_deed_account" ON "portal_deed" USING btree ("account_id","created_at");