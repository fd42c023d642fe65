CREATE TABLE "ledger_account" (
	"id" uuid PRIMARY KEY DEFAULT new_id() NOT NULL,
	"account_id" uuid,
	"kind" text NOT NULL,
	"sub" text DEFAULT '' NOT NULL,
	"currency" text NOT NULL,
	"is_inline" boolean NOT NULL,
	"debits" bigint DEFAULT 0 NOT NULL,
	"credits" bigint DEFAULT 0 NOT NULL,
	"held" bigint DEFAULT 0 NOT NULL,
	"floor" bigint DEFAULT 0 NOT NULL,
	"is_frozen" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "ledger_account_kind" CHECK (case when "ledger_account"."account_id" is not null then "ledger_account"."kind" in ('prepaid', 'debt') and "ledger_account"."is_inline" else "ledger_account"."kind" in
        ('clearing', 'bank', 'unallocated', 'revenue_messages', 'revenue_subscriptions', 'provider_fees', 'dispute_fees', 'promo', 'rounding') end),
	CONSTRAINT "ledger_account_currency" CHECK ("ledger_account"."currency" ~ '^[A-Z]{3}$'),
	CONSTRAINT "ledger_account_held" CHECK ("ledger_account"."held" >= 0),
	CONSTRAINT "ledger_account_funds" CHECK ("ledger_account"."kind" <> 'prepaid' or "ledger_account"."credits" - "ledger_account"."debits" - "ledger_account"."held" >= "ledger_account"."floor"),
	CONSTRAINT "ledger_account_debt" CHECK ("ledger_account"."kind" <> 'debt' or "ledger_account"."debits" >= "ledger_account"."credits")
);
--> statement-breakpoint
CREATE TABLE "posting" (
	"id" uuid PRIMARY KEY DEFAULT new_id() NOT NULL,
	"seq" bigint GENERATED ALWAYS AS IDENTITY (sequence name "posting_seq_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"account_id" uuid,
	"key" text NOT NULL,
	"phase" text NOT NULL,
	"pending_id" uuid,
	"debit_id" uuid NOT NULL,
	"credit_id" uuid NOT NULL,
	"amount" bigint NOT NULL,
	"currency" text NOT NULL,
	"reason" text NOT NULL,
	"cause_kind" text NOT NULL,
	"cause_id" text NOT NULL,
	"details" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"expires_at" timestamp (3) with time zone,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "posting_key_unique" UNIQUE("key"),
	CONSTRAINT "posting_phase" CHECK ("posting"."phase" in ('posted', 'pending', 'capture', 'release')),
	CONSTRAINT "posting_ends" CHECK (("posting"."phase" in ('capture', 'release')) = ("posting"."pending_id" is not null)),
	CONSTRAINT "posting_expiry" CHECK (("posting"."phase" = 'pending') = ("posting"."expires_at" is not null)),
	CONSTRAINT "posting_amount" CHECK ("posting"."amount" >= 0),
	CONSTRAINT "posting_two_sides" CHECK ("posting"."debit_id" <> "posting"."credit_id"),
	CONSTRAINT "posting_reason" CHECK ("posting"."reason" in ('topup', 'message', 'subscription', 'fee', 'refund', 'dispute', 'reinstated', 'debt', 'payout', 'promo', 'adjustment'))
);
--> statement-breakpoint
ALTER TABLE "ledger_account" ADD CONSTRAINT "ledger_account_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "posting" ADD CONSTRAINT "posting_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "posting" ADD CONSTRAINT "posting_debit_id_ledger_account_id_fk" FOREIGN KEY ("debit_id") REFERENCES "public"."ledger_account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "posting" ADD CONSTRAINT "posting_credit_id_ledger_account_id_fk" FOREIGN KEY ("credit_id") REFERENCES "public"."ledger_account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "ledger_account_company" ON "ledger_account" USING btree ("account_id","kind","currency") WHERE "ledger_account"."account_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "ledger_account_ours" ON "ledger_account" USING btree ("kind","sub","currency") WHERE "ledger_account"."account_id" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "posting_ends_once" ON "posting" USING btree ("pending_id") WHERE "posting"."pending_id" is not null;--> statement-breakpoint
CREATE INDEX "posting_company" ON "posting" USING btree ("account_id","seq") WHERE "posting"."account_id" is not null;--> statement-breakpoint
CREATE INDEX "posting_debit" ON "posting" USING btree ("debit_id","seq");--> statement-breakpoint
CREATE INDEX "posting_credit" ON "posting" USING btree ("credit_id","seq");--> statement-breakpoint
CREATE INDEX "posting_cause" ON "posting" USING btree ("cause_kind","cause_id");--> statement-breakpoint
CREATE INDEX "posting_expires" ON "posting" USING btree ("expires_at") WHERE "posting"."phase" = 'pending';