CREATE TABLE "plan" (
	"id" uuid PRIMARY KEY DEFAULT new_id() NOT NULL,
	"code" text NOT NULL,
	"name" text NOT NULL,
	"about" text DEFAULT '' NOT NULL,
	"rev" bigint DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"retired_at" timestamp (3) with time zone,
	CONSTRAINT "plan_code_shape" CHECK ("plan"."code" ~ '^[a-z][a-z0-9_]{1,30}$')
);
--> statement-breakpoint
CREATE TABLE "plan_price" (
	"id" uuid PRIMARY KEY DEFAULT new_id() NOT NULL,
	"plan_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"minor" bigint NOT NULL,
	"currency" text NOT NULL,
	"every" text NOT NULL,
	"trial_days" integer DEFAULT 0 NOT NULL,
	"included_messages" integer DEFAULT 0 NOT NULL,
	"promo_percent" integer,
	"promo_periods" integer,
	"promo_until" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"replaced_at" timestamp (3) with time zone,
	CONSTRAINT "plan_price_minor" CHECK ("plan_price"."minor" >= 0),
	CONSTRAINT "plan_price_currency" CHECK ("plan_price"."currency" ~ '^[A-Z]{3}$'),
	CONSTRAINT "plan_price_every" CHECK ("plan_price"."every" in ('month', 'year')),
	CONSTRAINT "plan_price_trial" CHECK ("plan_price"."trial_days" between 0 and 365),
	CONSTRAINT "plan_price_included" CHECK ("plan_price"."included_messages" >= 0),
	CONSTRAINT "plan_price_promo" CHECK (("plan_price"."promo_percent" is null) = ("plan_price"."promo_periods" is null) and coalesce("plan_price"."promo_percent", 1) between 1 and 100 and coalesce("plan_price"."promo_periods", 1) between 1 and 24)
);
--> statement-breakpoint
CREATE TABLE "plan_price_ref" (
	"plan_price_id" uuid NOT NULL,
	"gateway" text NOT NULL,
	"ref" text NOT NULL,
	"made_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "plan_price_ref_pk" PRIMARY KEY("plan_price_id","gateway")
);
--> statement-breakpoint
CREATE TABLE "platform_admin" (
	"person_id" uuid PRIMARY KEY NOT NULL,
	"since" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "platform_setting" (
	"id" integer PRIMARY KEY DEFAULT 1 NOT NULL,
	"sells" boolean DEFAULT false NOT NULL,
	"grace_days" integer DEFAULT 7 NOT NULL,
	CONSTRAINT "platform_setting_one" CHECK ("platform_setting"."id" = 1),
	CONSTRAINT "platform_setting_grace" CHECK ("platform_setting"."grace_days" between 0 and 60)
);
--> statement-breakpoint
CREATE TABLE "selling" (
	"account_id" uuid PRIMARY KEY NOT NULL,
	"is_on" boolean NOT NULL,
	"since" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "subscription" (
	"id" uuid PRIMARY KEY DEFAULT new_id() NOT NULL,
	"account_id" uuid NOT NULL,
	"channel_id" uuid NOT NULL,
	"plan_price_id" uuid NOT NULL,
	"gateway" text NOT NULL,
	"ref" text,
	"state" text DEFAULT 'pending' NOT NULL,
	"paid_until" timestamp (3) with time zone,
	"grace_until" timestamp (3) with time zone,
	"cancels_at" timestamp (3) with time zone,
	"sends_until" timestamp (3) with time zone,
	"problem" text,
	"pay_url" text,
	"url" text,
	"seen_at" timestamp (3) with time zone,
	"look_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"made_by" uuid,
	"rev" bigint DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "subscription_gateway" CHECK ("subscription"."gateway" in ('stripe', 'paypal', 'gift')),
	CONSTRAINT "subscription_state" CHECK ("subscription"."state" in ('pending', 'trial', 'active', 'grace', 'suspended', 'paused', 'ended')),
	CONSTRAINT "subscription_ended" CHECK (("subscription"."state" = 'ended') = ("subscription"."ended_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "subscription_event" (
	"id" uuid PRIMARY KEY DEFAULT new_id() NOT NULL,
	"account_id" uuid NOT NULL,
	"subscription_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"person_id" uuid,
	"data" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "plan_price" ADD CONSTRAINT "plan_price_plan_id_plan_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."plan"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_price" ADD CONSTRAINT "plan_price_created_by_person_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_price_ref" ADD CONSTRAINT "plan_price_ref_plan_price_id_plan_price_id_fk" FOREIGN KEY ("plan_price_id") REFERENCES "public"."plan_price"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "platform_admin" ADD CONSTRAINT "platform_admin_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "selling" ADD CONSTRAINT "selling_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "subscription" ADD CONSTRAINT "subscription_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "subscription" ADD CONSTRAINT "subscription_channel_id_channel_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."channel"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "subscription" ADD CONSTRAINT "subscription_plan_price_id_plan_price_id_fk" FOREIGN KEY ("plan_price_id") REFERENCES "public"."plan_price"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "subscription" ADD CONSTRAINT "subscription_made_by_person_id_fk" FOREIGN KEY ("made_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "subscription_event" ADD CONSTRAINT "subscription_event_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "subscription_event" ADD CONSTRAINT "subscription_event_subscription_id_subscription_id_fk" FOREIGN KEY ("subscription_id") REFERENCES "public"."subscription"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "subscription_event" ADD CONSTRAINT "subscription_event_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "plan_code" ON "plan" USING btree ("code");--> statement-breakpoint
CREATE UNIQUE INDEX "plan_price_version" ON "plan_price" USING btree ("plan_id","version");--> statement-breakpoint
CREATE UNIQUE INDEX "plan_price_current" ON "plan_price" USING btree ("plan_id") WHERE "plan_price"."replaced_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "plan_price_ref_there" ON "plan_price_ref" USING btree ("gateway","ref");--> statement-breakpoint
CREATE UNIQUE INDEX "subscription_live" ON "subscription" USING btree ("channel_id") WHERE "subscription"."state" not in ('pending', 'ended');--> statement-breakpoint
CREATE UNIQUE INDEX "subscription_pending" ON "subscription" USING btree ("channel_id") WHERE "subscription"."state" = 'pending';--> statement-breakpoint
CREATE UNIQUE INDEX "subscription_ref" ON "subscription" USING btree ("gateway","ref") WHERE "subscription"."ref" is not null;--> statement-breakpoint
CREATE INDEX "subscription_account" ON "subscription" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "subscription_look" ON "subscription" USING btree ("look_at") WHERE "subscription"."state" <> 'ended';--> statement-breakpoint
CREATE INDEX "subscription_event_of" ON "subscription_event" USING btree ("subscription_id","at");--> statement-breakpoint
CREATE INDEX "subscription_event_account" ON "subscription_event" USING btree ("account_id","at");