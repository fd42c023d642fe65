CREATE TABLE "included_use" (
	"subscription_id" uuid NOT NULL,
	"period_until" timestamp (3) with time zone NOT NULL,
	"account_id" uuid NOT NULL,
	"used" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "included_use_pk" PRIMARY KEY("subscription_id","period_until"),
	CONSTRAINT "included_use_used" CHECK ("included_use"."used" >= 0)
);
--> statement-breakpoint
CREATE TABLE "message_charge" (
	"message_id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"channel_id" uuid NOT NULL,
	"provider" text NOT NULL,
	"market" text NOT NULL,
	"category" text NOT NULL,
	"billed" text,
	"currency" text NOT NULL,
	"rate_id" uuid NOT NULL,
	"state" text NOT NULL,
	"attempt" integer DEFAULT 1 NOT NULL,
	"held" bigint NOT NULL,
	"amount" bigint DEFAULT 0 NOT NULL,
	"subscription_id" uuid,
	"period_until" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"held_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"settled_at" timestamp (3) with time zone,
	CONSTRAINT "message_charge_state" CHECK ("message_charge"."state" in ('held', 'captured', 'released', 'included', 'late', 'free')),
	CONSTRAINT "message_charge_amounts" CHECK ("message_charge"."held" >= 0 and "message_charge"."amount" >= 0 and ("message_charge"."amount" = 0 or "message_charge"."state" in ('captured', 'late'))),
	CONSTRAINT "message_charge_included" CHECK ("message_charge"."state" <> 'included' or ("message_charge"."subscription_id" is not null and "message_charge"."period_until" is not null))
);
--> statement-breakpoint
ALTER TABLE "channel" ADD COLUMN "who_pays" text DEFAULT 'client' NOT NULL;--> statement-breakpoint
ALTER TABLE "message" ADD COLUMN "charged" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "included_use" ADD CONSTRAINT "included_use_subscription_id_subscription_id_fk" FOREIGN KEY ("subscription_id") REFERENCES "public"."subscription"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "included_use" ADD CONSTRAINT "included_use_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_charge" ADD CONSTRAINT "message_charge_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_charge" ADD CONSTRAINT "message_charge_channel_id_channel_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."channel"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_charge" ADD CONSTRAINT "message_charge_rate_id_rate_id_fk" FOREIGN KEY ("rate_id") REFERENCES "public"."rate"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_charge" ADD CONSTRAINT "message_charge_subscription_id_subscription_id_fk" FOREIGN KEY ("subscription_id") REFERENCES "public"."subscription"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "included_use_account" ON "included_use" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "message_charge_open" ON "message_charge" USING btree ("held_at") WHERE "message_charge"."state" = 'held';--> statement-breakpoint
ALTER TABLE "channel" ADD CONSTRAINT "channel_who_pays" CHECK ("channel"."who_pays" in ('client', 'us') and ("channel"."who_pays" = 'client' or "channel"."kind" <> 'session'));