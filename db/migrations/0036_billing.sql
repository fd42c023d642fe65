CREATE TABLE "balance_choice" (
	"account_id" uuid PRIMARY KEY NOT NULL,
	"currency" text NOT NULL,
	"low_level" bigint,
	"very_low_level" bigint,
	"is_automatic" boolean DEFAULT false NOT NULL,
	"threshold" bigint,
	"target" bigint,
	"ceiling" bigint,
	"failures" integer DEFAULT 0 NOT NULL,
	"stopped_for" text,
	"changed_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "balance_choice_levels" CHECK (coalesce("balance_choice"."very_low_level", 0) >= 0 and coalesce("balance_choice"."low_level", "balance_choice"."very_low_level", 0) >= coalesce("balance_choice"."very_low_level", 0)),
	CONSTRAINT "balance_choice_automatic" CHECK (not "balance_choice"."is_automatic" or ("balance_choice"."threshold" >= 0 and "balance_choice"."target" > "balance_choice"."threshold" and "balance_choice"."ceiling" >= "balance_choice"."target" - "balance_choice"."threshold"))
);
--> statement-breakpoint
CREATE TABLE "dispute" (
	"id" uuid PRIMARY KEY DEFAULT new_id() NOT NULL,
	"account_id" uuid,
	"payment_id" uuid NOT NULL,
	"gateway" text NOT NULL,
	"ref" text NOT NULL,
	"amount" bigint NOT NULL,
	"currency" text NOT NULL,
	"state" text NOT NULL,
	"reason" text,
	"taken" bigint NOT NULL,
	"given_back" bigint NOT NULL,
	"fee" bigint NOT NULL,
	"respond_by" timestamp (3) with time zone,
	"seen_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"closed_at" timestamp (3) with time zone,
	CONSTRAINT "dispute_state" CHECK ("dispute"."state" in ('inquiry', 'open', 'won', 'lost'))
);
--> statement-breakpoint
CREATE TABLE "gateway_customer" (
	"account_id" uuid NOT NULL,
	"gateway" text NOT NULL,
	"ref" text NOT NULL,
	"method_ref" text,
	"method_label" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "gateway_customer_pk" PRIMARY KEY("account_id","gateway")
);
--> statement-breakpoint
CREATE TABLE "gateway_event" (
	"id" uuid PRIMARY KEY DEFAULT new_id() NOT NULL,
	"gateway" text NOT NULL,
	"event_id" text NOT NULL,
	"kind" text NOT NULL,
	"about" jsonb NOT NULL,
	"sealed" text,
	"state" text DEFAULT 'new' NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"problem" text,
	"run_after" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"done_at" timestamp (3) with time zone,
	CONSTRAINT "gateway_event_state" CHECK ("gateway_event"."state" in ('new', 'done', 'ignored', 'dead'))
);
--> statement-breakpoint
CREATE TABLE "payment" (
	"id" uuid PRIMARY KEY DEFAULT new_id() NOT NULL,
	"account_id" uuid,
	"gateway" text NOT NULL,
	"ref" text NOT NULL,
	"topup_id" uuid,
	"subscription_id" uuid,
	"amount" bigint NOT NULL,
	"currency" text NOT NULL,
	"fee" bigint,
	"method" text,
	"receipt_url" text,
	"invoice_url" text,
	"problem" text,
	"at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "payment_currency" CHECK ("payment"."currency" ~ '^[A-Z]{3}$')
);
--> statement-breakpoint
CREATE TABLE "refund" (
	"id" uuid PRIMARY KEY DEFAULT new_id() NOT NULL,
	"account_id" uuid,
	"payment_id" uuid NOT NULL,
	"gateway" text NOT NULL,
	"ref" text,
	"amount" bigint NOT NULL,
	"currency" text NOT NULL,
	"person_id" uuid,
	"state" text DEFAULT 'asked' NOT NULL,
	"problem" text,
	"seen_at" timestamp (3) with time zone,
	"look_after" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"looks" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"settled_at" timestamp (3) with time zone,
	CONSTRAINT "refund_state" CHECK ("refund"."state" in ('asked', 'pending', 'succeeded', 'failed')),
	CONSTRAINT "refund_amount" CHECK ("refund"."amount" > 0)
);
--> statement-breakpoint
CREATE TABLE "topup" (
	"id" uuid PRIMARY KEY DEFAULT new_id() NOT NULL,
	"account_id" uuid NOT NULL,
	"gateway" text NOT NULL,
	"ref" text,
	"url" text,
	"amount" bigint NOT NULL,
	"currency" text NOT NULL,
	"kind" text DEFAULT 'manual' NOT NULL,
	"person_id" uuid,
	"keeps_method" boolean DEFAULT false NOT NULL,
	"in_frame" boolean DEFAULT false NOT NULL,
	"state" text DEFAULT 'created' NOT NULL,
	"problem" text,
	"expires_at" timestamp (3) with time zone,
	"seen_at" timestamp (3) with time zone,
	"look_after" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"looks" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"settled_at" timestamp (3) with time zone,
	CONSTRAINT "topup_state" CHECK ("topup"."state" in ('created', 'open', 'pending', 'paid', 'failed', 'expired')),
	CONSTRAINT "topup_kind" CHECK (("topup"."kind" = 'manual' and "topup"."person_id" is not null) or ("topup"."kind" = 'automatic' and "topup"."person_id" is null)),
	CONSTRAINT "topup_amount" CHECK ("topup"."amount" > 0),
	CONSTRAINT "topup_currency" CHECK ("topup"."currency" ~ '^[A-Z]{3}$')
);
--> statement-breakpoint
ALTER TABLE "balance_choice" ADD CONSTRAINT "balance_choice_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dispute" ADD CONSTRAINT "dispute_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dispute" ADD CONSTRAINT "dispute_payment_id_payment_id_fk" FOREIGN KEY ("payment_id") REFERENCES "public"."payment"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "gateway_customer" ADD CONSTRAINT "gateway_customer_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment" ADD CONSTRAINT "payment_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment" ADD CONSTRAINT "payment_topup_id_topup_id_fk" FOREIGN KEY ("topup_id") REFERENCES "public"."topup"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refund" ADD CONSTRAINT "refund_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refund" ADD CONSTRAINT "refund_payment_id_payment_id_fk" FOREIGN KEY ("payment_id") REFERENCES "public"."payment"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refund" ADD CONSTRAINT "refund_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "topup" ADD CONSTRAINT "topup_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "topup" ADD CONSTRAINT "topup_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "dispute_ref" ON "dispute" USING btree ("gateway","ref");--> statement-breakpoint
CREATE INDEX "dispute_payment" ON "dispute" USING btree ("payment_id");--> statement-breakpoint
CREATE INDEX "dispute_account" ON "dispute" USING btree ("account_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "gateway_customer_ref" ON "gateway_customer" USING btree ("gateway","ref");--> statement-breakpoint
CREATE UNIQUE INDEX "gateway_event_once" ON "gateway_event" USING btree ("gateway","event_id");--> statement-breakpoint
CREATE INDEX "gateway_event_open" ON "gateway_event" USING btree ("run_after") WHERE "gateway_event"."state" = 'new';--> statement-breakpoint
CREATE INDEX "gateway_event_dead" ON "gateway_event" USING btree ("created_at") WHERE "gateway_event"."state" = 'dead';--> statement-breakpoint
CREATE INDEX "gateway_event_sealed" ON "gateway_event" USING btree ("created_at") WHERE "gateway_event"."sealed" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "payment_ref" ON "payment" USING btree ("gateway","ref");--> statement-breakpoint
CREATE INDEX "payment_account" ON "payment" USING btree ("account_id","at");--> statement-breakpoint
CREATE INDEX "payment_topup" ON "payment" USING btree ("topup_id");--> statement-breakpoint
CREATE INDEX "payment_subscription" ON "payment" USING btree ("subscription_id");--> statement-breakpoint
CREATE UNIQUE INDEX "refund_ref" ON "refund" USING btree ("gateway","ref");--> statement-breakpoint
CREATE INDEX "refund_payment" ON "refund" USING btree ("payment_id");--> statement-breakpoint
CREATE INDEX "refund_account" ON "refund" USING btree ("account_id","created_at");--> statement-breakpoint
CREATE INDEX "refund_look" ON "refund" USING btree ("look_after") WHERE "refund"."state" in ('asked', 'pending');--> statement-breakpoint
CREATE UNIQUE INDEX "topup_ref" ON "topup" USING btree ("gateway","ref");--> statement-breakpoint
CREATE UNIQUE INDEX "topup_one_automatic" ON "topup" USING btree ("account_id") WHERE "topup"."kind" = 'automatic' and "topup"."state" in ('created', 'open', 'pending');--> statement-breakpoint
CREATE INDEX "topup_account" ON "topup" USING btree ("account_id","created_at");--> statement-breakpoint
CREATE INDEX "topup_look" ON "topup" USING btree ("look_after") WHERE "topup"."state" in ('created', 'open', 'pending');