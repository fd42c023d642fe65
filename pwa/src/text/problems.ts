import type { ProblemCode } from '../api/problem.rules.ts'

export type ProblemText = { cause: string; nextStep: string }
export type ProblemTexts = Record<ProblemCode, ProblemText>
