/** What comparing a gateway's report with our books calls. */
export const RECONCILING = ['recon_take', 'recon_judge', 'recon_failed', 'recon_weigh', 'recon_books', 'recon_figures']

/** What a look at a payment may lead to, whose ever it is. */
export const LOOKS = [
  ...['payment_of', 'payment_taken_back', 'payment_unallocated', 'topup_of', 'topup_told', 'topup_seen'],
  ...['subscription_by', 'price_by', 'subscription_seen', 'subscription_paid'],
]

/** Posting an alert of money. */
export const ALERTING = ['alert_take', 'alert_settle']

/** The functions that selling the service calls: a part of doors.ts. */
/** Filling a balance that is too low. */
const CHARGES = [
  'automatic_begin',
  'topup_told',
  'topup_refused',
  'topup_opened',
  'topup_of',
  'topup_seen',
  'payment_unallocated',
]

/** A page where a card was kept, and the subscription that it is for. */
const CARD_LOOKS = ['card_told', 'card_kept', 'subscription_by', 'price_by', 'subscription_seen', 'subscription_paid']

export const BILLING_DOORS: Record<string, readonly string[]> = {
  'billing.getBalance': ['api_balance'],
  'billing.listMovements': ['api_movements'],
  'billing.exportMovements': ['api_movements'],
  'billing.addTopup': ['api_topup_begin', 'topup_told', 'gateway_customer_keep', 'topup_opened', 'topup_refused', 'api_topup'],
  'billing.lookTopup': ['api_topup', 'topup_told', 'topup_of', 'topup_seen', 'payment_unallocated'],
  'billing.addRefund': ['api_refund_ask', 'refund_told', 'refund_opened', 'refund_refused', 'payment_taken_back'],
  'billing.chooseBalance': ['api_balance_choose'],
  'billing.chooseAutomatic': ['api_automatic_choose', ...CHARGES],
  'billing.forgetMethod': ['api_method_forget'],
  'cards.openCard': ['api_card_begin', 'gateway_customer_keep', 'card_opened', ...CARD_LOOKS],
  'cards.lookCard': ['api_card_page', ...CARD_LOOKS],
  'billing.estimate': ['api_estimate'],
  'papers.downloadPaper': ['api_paper'],
  'papers.getFiscal': ['api_fiscal'],
  'papers.setFiscal': ['api_fiscal_set'],
  'papers.listSellers': ['api_operator_sellers'],
  'papers.setSeller': ['api_operator_seller_set'],
  'alerts.getAlertHook': ['api_alert_hook'],
  'alerts.changeAlertHook': ['api_alert_hook', 'api_alert_hook_set'],
  'alerts.changeAlertSecret': ['api_alert_hook', 'api_alert_secret_set'],
  'alerts.testAlertHook': ['api_alert_test', ...ALERTING, 'api_alert_delivery'],
  'alerts.resendAlert': ['api_alert_resend', ...ALERTING, 'api_alert_delivery'],
  'operator.isOperator': ['api_operator'],
  'operator.listPlans': ['api_operator_plans'],
  'operator.savePlan': ['api_operator_plan_save'],
  'operator.retirePlan': ['api_operator_plan_retire'],
  'operator.setSetting': ['api_operator_setting_set'],
  'operator.listCustomers': ['api_operator_customers'],
  'operator.setCustomer': ['api_operator_customer_set'],
  'operatorMoney.getOperatorDesk': ['api_operator_desk'],
  'operatorMoney.getCustomer': ['api_operator_customer'],
  'operatorMoney.listCustomerMovements': ['api_operator_movements'],
  'operatorMoney.decideBalance': ['api_operator_credit'],
  'operatorMoney.refundPayment': ['api_operator_refund', 'refund_told', 'refund_opened', 'refund_refused', 'payment_taken_back'],
  'operatorMoney.listLoosePayments': ['api_operator_loose'],
  'operatorMoney.allocatePayment': ['api_operator_allocate'],
  'operatorMoney.listDisputes': ['api_operator_disputes'],
  'operatorMoney.releaseDispute': ['api_operator_dispute_release'],
  'operatorMoney.listDeadEvents': ['api_operator_events'],
  'operatorMoney.retryEvent': ['api_operator_event_retry', 'gateway_event_take', 'gateway_event_settle', 'gateway_event_is_over'],
  'operatorMoney.dropEvent': ['api_operator_event_drop'],
  'operatorMoney.listActs': ['api_operator_acts'],
  'reconciliation.getReconciliation': ['api_operator_recon'],
  'reconciliation.runReconciliation': ['api_operator_recon', ...RECONCILING, ...LOOKS],
  'reconciliation.listReconItems': ['api_operator_recon_items'],
  'reconciliation.exportReconItems': ['api_operator_recon_items'],
  'reconciliation.decideReconItem': ['api_operator_recon_decide'],
  'operator.setNumberPayer': ['api_operator_payer_set'],
  'rates.listRates': ['api_operator_rates'],
  'rates.rateHistory': ['api_operator_rate_history'],
  'rates.setRates': ['api_operator_rates_set'],
  'rates.withdrawRate': ['api_operator_rate_withdraw'],
  'subscriptions.whomToAsk': ['api_payers'],
  'subscriptions.listSubscriptions': ['api_subscriptions'],
  'subscriptions.getSubscription': ['api_subscription'],
  'subscriptions.openSubscription': [
    'api_subscription_begin',
    'subscription_told',
    'price_keep',
    'gateway_customer_keep',
    'subscription_opened',
    'subscription_left',
  ],
  'subscriptions.lookSubscription': [
    'api_subscription',
    'subscription_told',
    'subscription_by',
    'price_by',
    'subscription_seen',
    'subscription_paid',
  ],
  'subscriptions.previewPlan': ['api_subscription_act', 'price_told', 'price_keep'],
  'subscriptions.changePlan': ['api_subscription_act', 'price_told', 'price_keep', 'subscription_seen', 'api_subscription'],
  'subscriptions.actSubscription': ['api_subscription_act', 'subscription_seen', 'subscription_left', 'api_subscription'],
}
