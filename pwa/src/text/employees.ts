/** The words of the employees of a portal, apart from the first load. */
import type { EmployeesText } from './employees.es.ts'
import { lazyWords } from './lazy-words.ts'

export const { load: loadEmployeesText, words: employeesText } = lazyWords<EmployeesText>('the employees', {
  es: async () => (await import('./admin-words.es.ts')).employeesEs,
  en: async () => (await import('./admin-words.en.ts')).employeesEn,
  pt: async () => (await import('./admin-words.pt.ts')).employeesPt,
})
