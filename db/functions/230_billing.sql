-- Money that comes in by gateways: who may write what. Payments, refunds and disputes are written by functions alone, as the ledger is.
-- An event of a gateway is nobody's until it was looked at: only functions see it.

revoke insert, update, delete on topup, payment, refund, dispute, gateway_customer, balance_choice from app_rw;
revoke delete on payment, refund, dispute from app_system;
grant select, insert, update, delete on gateway_event to app_system;
