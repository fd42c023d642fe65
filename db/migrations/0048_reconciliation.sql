CREATE TABLE "recon_balance" (
	"gateway" text NOT NULL,
	"currency" text NOT NULL,
	"available" bigint NOT NULL,
	"pending" bigint NOT NULL,
	"books" bigint NOT NULL,
	"explained" bigint NOT NULL,
	"seen_at" timestamp (3) with time zone NOT NULL,
	"off_since" timestamp (3) with time zone,
	CONSTRAINT "recon_balance_pk" PRIMARY KEY("gateway","currency")
);
--> statement-breakpoint
CREATE TABLE "recon_books" (
	"currency" text PRIMARY KEY NOT NULL,
	"debits" bigint NOT NULL,
	"credits" bigint NOT NULL,
	"prepaid" bigint NOT NULL,
	"shown" bigint NOT NULL,
	"seen_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "recon_day" (
	"gateway" text NOT NULL,
	"day" date NOT NULL,
	"looked_at" timestamp (3) with time zone,
	"problem" text,
	"tried_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "recon_day_pk" PRIMARY KEY("gateway","day")
);
--> statement-breakpoint
CREATE TABLE "recon_item" (
	"id" uuid PRIMARY KEY DEFAULT new_id() NOT NULL,
	"gateway" text NOT NULL,
	"ref" text NOT NULL,
	"day" date NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"kind" text NOT NULL,
	"payment_ref" text,
	"subject" text NOT NULL,
	"amount" bigint,
	"fee" bigint DEFAULT 0 NOT NULL,
	"currency" text NOT NULL,
	"code" text NOT NULL,
	"verdict" text DEFAULT 'late' NOT NULL,
	"their_sum" bigint DEFAULT 0 NOT NULL,
	"our_sum" bigint DEFAULT 0 NOT NULL,
	"decided_by" uuid,
	"decided_at" timestamp (3) with time zone,
	"decided_difference" bigint,
	"is_booked" boolean DEFAULT false NOT NULL,
	"reason" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "recon_item_verdict" CHECK ("recon_item"."verdict" in ('matched', 'late', 'missing_here', 'missing_there', 'differs', 'decided')),
	CONSTRAINT "recon_item_kind" CHECK ("recon_item"."kind" in ('payment', 'refund', 'dispute', 'payout', 'fee', 'other')),
	CONSTRAINT "recon_item_currency" CHECK ("recon_item"."currency" ~ '^[A-Z]{3}$'),
	CONSTRAINT "recon_item_decided" CHECK (("recon_item"."decided_at" is null) = ("recon_item"."reason" is null))
);
--> statement-breakpoint
ALTER TABLE "recon_item" ADD CONSTRAINT "recon_item_decided_by_person_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "recon_item_once" ON "recon_item" USING btree ("gateway","ref");--> statement-breakpoint
CREATE INDEX "recon_item_day" ON "recon_item" USING btree ("day","gateway","at");--> statement-breakpoint
CREATE INDEX "recon_item_subject" ON "recon_item" USING btree ("gateway","subject");--> statement-breakpoint
CREATE INDEX "recon_item_payment" ON "recon_item" USING btree ("gateway","payment_ref");--> statement-breakpoint
CREATE INDEX "recon_item_open" ON "recon_item" USING btree ("at") WHERE "recon_item"."verdict" not in ('matched', 'decided');--> statement-breakpoint
CREATE INDEX "recon_item_uneven" ON "recon_item" USING btree ("gateway") WHERE "recon_item"."their_sum" <> "recon_item"."our_sum";