/** Refusals in PayPal's own shape: `{name, message, debug_id, details: [{issue}]}`. */
import { randomBytes } from 'node:crypto'

export type Detail = { issue: string; field?: string; value?: string; location?: string; description?: string }

const MESSAGES: Readonly<Record<string, string>> = {
  INVALID_REQUEST: 'Request is not well-formed, syntactically incorrect, or violates schema.',
  UNPROCESSABLE_ENTITY: 'The requested action could not be performed, semantically incorrect, or failed business validation.',
  RESOURCE_NOT_FOUND: 'The specified resource does not exist.',
  AUTHENTICATION_FAILURE: 'Authentication failed due to missing authorization header, or invalid authentication credentials.',
  NOT_AUTHORIZED: 'Authorization failed due to insufficient permissions.',
  INTERNAL_SERVER_ERROR: 'An internal server error occurred.',
  INTERNAL_SERVICE_ERROR: 'An internal service error has occurred.',
  RATE_LIMIT_REACHED: 'Too many requests. Blocked due to rate limiting.',
  SERVICE_UNAVAILABLE: 'Service Unavailable.',
  UNSUPPORTED_MEDIA_TYPE: 'The server does not support the request payload’s media type.',
  RESOURCE_CONFLICT: 'The server has detected a conflict while processing this request.',
}

const WORDS: Readonly<Record<string, string>> = {
  ORDER_NOT_APPROVED: 'Payer has not yet approved the Order for payment. Please redirect the payer to the approval url.',
  ORDER_ALREADY_CAPTURED: 'Order already captured. If intent=CAPTURE only one capture per order is allowed.',
  INSTRUMENT_DECLINED:
    'The instrument presented was either declined by the processor or bank, or it can’t be used for this payment.',
  DUPLICATE_INVOICE_ID: 'Duplicate Invoice ID detected. To avoid a potential duplicate transaction your account blocks it.',
  INVALID_RESOURCE_ID: 'Specified resource ID does not exist. Please check the resource ID and try again.',
}

/** Thrown by whatever cannot be done. */
export class PayPalError extends Error {
  status: number
  code: string
  details: Detail[]
  constructor(status: number, name: string, details: Detail[] = []) {
    super(MESSAGES[name] ?? name)
    this.status = status
    this.code = name
    this.details = details
  }

  /** The body. `links` lead the buyer on where there is a way on. */
  body(links: object[] = []): object {
    const details = this.details.map((each) => ({ description: WORDS[each.issue] ?? each.issue, ...each }))
    return {
      ...{ name: this.code, message: this.message, debug_id: randomBytes(7).toString('hex').slice(0, 13) },
      ...(details.length > 0 && { details }),
      ...(links.length > 0 && { links }),
    }
  }
}

/** 422 with an issue: what the request wants cannot be. */
export function cannot(issue: string, field?: string): PayPalError {
  return new PayPalError(422, 'UNPROCESSABLE_ENTITY', [{ issue, ...(field !== undefined && { field }) }])
}

export function notFound(): PayPalError {
  return new PayPalError(404, 'RESOURCE_NOT_FOUND', [{ issue: 'INVALID_RESOURCE_ID' }])
}
