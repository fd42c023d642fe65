CREATE TABLE "fiscal_data" (
	"id" uuid PRIMARY KEY DEFAULT new_id() NOT NULL,
	"account_id" uuid NOT NULL,
	"name" text NOT NULL,
	"tax_number" text NOT NULL,
	"address" text NOT NULL,
	"email" text NOT NULL,
	"person_id" uuid,
	"at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "paper" (
	"id" uuid PRIMARY KEY DEFAULT new_id() NOT NULL,
	"account_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"issuer" text NOT NULL,
	"n" bigint NOT NULL,
	"seller_id" uuid NOT NULL,
	"posting_id" uuid NOT NULL,
	"seq" bigint NOT NULL,
	"payment_id" uuid NOT NULL,
	"about_id" uuid,
	"amount" bigint NOT NULL,
	"currency" text NOT NULL,
	"reason" text NOT NULL,
	"buyer" jsonb NOT NULL,
	"what" jsonb NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "paper_kind" CHECK ("paper"."kind" in ('receipt', 'credit_note')),
	CONSTRAINT "paper_amount" CHECK ("paper"."amount" > 0)
);
--> statement-breakpoint
CREATE TABLE "paper_count" (
	"issuer" text NOT NULL,
	"kind" text NOT NULL,
	"last" bigint NOT NULL,
	CONSTRAINT "paper_count_pk" PRIMARY KEY("issuer","kind")
);
--> statement-breakpoint
CREATE TABLE "seller" (
	"id" uuid PRIMARY KEY DEFAULT new_id() NOT NULL,
	"name" text NOT NULL,
	"tax_number" text NOT NULL,
	"address" text NOT NULL,
	"email" text NOT NULL,
	"valid_from" timestamp (3) with time zone NOT NULL,
	"created_by" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "fiscal_data" ADD CONSTRAINT "fiscal_data_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "fiscal_data" ADD CONSTRAINT "fiscal_data_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "paper" ADD CONSTRAINT "paper_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "paper" ADD CONSTRAINT "paper_seller_id_seller_id_fk" FOREIGN KEY ("seller_id") REFERENCES "public"."seller"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "paper" ADD CONSTRAINT "paper_posting_id_posting_id_fk" FOREIGN KEY ("posting_id") REFERENCES "public"."posting"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "paper" ADD CONSTRAINT "paper_payment_id_payment_id_fk" FOREIGN KEY ("payment_id") REFERENCES "public"."payment"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "paper" ADD CONSTRAINT "paper_about_id_paper_id_fk" FOREIGN KEY ("about_id") REFERENCES "public"."paper"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "seller" ADD CONSTRAINT "seller_created_by_person_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "fiscal_data_latest" ON "fiscal_data" USING btree ("account_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "paper_posting" ON "paper" USING btree ("posting_id");--> statement-breakpoint
CREATE UNIQUE INDEX "paper_number" ON "paper" USING btree ("issuer","kind","n");--> statement-breakpoint
CREATE INDEX "paper_payment" ON "paper" USING btree ("payment_id","seq");--> statement-breakpoint
CREATE INDEX "paper_account" ON "paper" USING btree ("account_id","seq");--> statement-breakpoint
CREATE INDEX "paper_seq" ON "paper" USING btree ("seq");--> statement-breakpoint
CREATE INDEX "seller_from" ON "seller" USING btree ("valid_from","created_at");--> statement-breakpoint
CREATE INDEX "posting_payments" ON "posting" USING btree ("seq") WHERE "posting"."cause_kind" = 'payment';