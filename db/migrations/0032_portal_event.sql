CREATE TABLE "portal_event" (
	"id" uuid PRIMARY KEY DEFAULT new_id() NOT NULL,
	"account_id" uuid NOT NULL,
	"portal_id" uuid NOT NULL,
	"key" text NOT NULL,
	"name" text NOT NULL,
	"body" jsonb NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"chat_id" uuid,
	"state" text DEFAULT 'waiting' NOT NULL,
	"problem" text,
	"tries" integer DEFAULT 0 NOT NULL,
	"repeats" integer DEFAULT 0 NOT NULL,
	"settled_at" timestamp (3) with time zone,
	CONSTRAINT "portal_event_state" CHECK ("portal_event"."state" in ('waiting', 'done', 'ignored', 'refused'))
);
--> statement-breakpoint
ALTER TABLE "portal_event" ADD CONSTRAINT "portal_event_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portal_event" ADD CONSTRAINT "portal_event_portal_id_portal_id_fk" FOREIGN KEY ("portal_id") REFERENCES "public"."portal"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "portal_event_key" ON "portal_event" USING btree ("portal_id","key");--> statement-breakpoint
CREATE INDEX "portal_event_account" ON "portal_event" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "portal_event_age" ON "portal_event" USING btree ("at");