ALTER TABLE "plan_price" DROP CONSTRAINT "plan_price_promo";--> statement-breakpoint
DROP INDEX "plan_price_ref_there";--> statement-breakpoint
ALTER TABLE "plan_price_ref" ADD COLUMN "trial_days" integer NOT NULL;--> statement-breakpoint
ALTER TABLE "subscription" ADD COLUMN "trial_days" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "subscription" ADD COLUMN "in_frame" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX "plan_price_ref_there" ON "plan_price_ref" USING btree ("gateway","ref");--> statement-breakpoint
ALTER TABLE "plan_price" DROP COLUMN "promo_percent";--> statement-breakpoint
ALTER TABLE "plan_price" DROP COLUMN "promo_periods";--> statement-breakpoint
ALTER TABLE "plan_price_ref" DROP CONSTRAINT "plan_price_ref_pk";
--> statement-breakpoint
ALTER TABLE "plan_price_ref" ADD CONSTRAINT "plan_price_ref_pk" PRIMARY KEY("plan_price_id","gateway","trial_days");