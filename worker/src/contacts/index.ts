export { toDigits } from './phone.rules.ts'
