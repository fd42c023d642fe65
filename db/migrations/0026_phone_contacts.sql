CREATE TABLE "phone_contact" (
	"id" uuid PRIMARY KEY DEFAULT new_id() NOT NULL,
	"account_id" uuid NOT NULL,
	"channel_id" uuid NOT NULL,
	"phone" text NOT NULL,
	"lid" text,
	"name" text NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"contact_id" uuid,
	"told_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"settled_at" timestamp (3) with time zone,
	"settled_by" uuid,
	"client_state" text,
	"client_code" text,
	CONSTRAINT "phone_contact_state" CHECK ("phone_contact"."state" in ('open', 'taken', 'left')),
	CONSTRAINT "phone_contact_client_state" CHECK ("phone_contact"."client_state" in ('due', 'added', 'changed', 'same', 'conflict', 'failed'))
);
--> statement-breakpoint
ALTER TABLE "channel" ADD COLUMN "contacts_way" text DEFAULT 'propose' NOT NULL;--> statement-breakpoint
ALTER TABLE "channel" ADD COLUMN "contacts_to_clients" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "phone_contact" ADD CONSTRAINT "phone_contact_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "phone_contact" ADD CONSTRAINT "phone_contact_channel_id_channel_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."channel"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "phone_contact" ADD CONSTRAINT "phone_contact_contact_id_contact_id_fk" FOREIGN KEY ("contact_id") REFERENCES "public"."contact"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "phone_contact" ADD CONSTRAINT "phone_contact_settled_by_person_id_fk" FOREIGN KEY ("settled_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "phone_contact_once" ON "phone_contact" USING btree ("channel_id","phone");--> statement-breakpoint
CREATE INDEX "phone_contact_open" ON "phone_contact" USING btree ("account_id","channel_id","state","id");--> statement-breakpoint
CREATE INDEX "phone_contact_due" ON "phone_contact" USING btree ("account_id","id") WHERE "phone_contact"."client_state" = 'due';--> statement-breakpoint
ALTER TABLE "channel" ADD CONSTRAINT "channel_contacts_way" CHECK ("channel"."contacts_way" in ('off', 'propose', 'direct'));