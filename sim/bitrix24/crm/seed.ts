/** A CRM as it comes: stages of leads and deals, a second funnel, sources. */
import type { Portal } from '../portal.ts'

const STAGES = [
  ['STATUS', 'NEW', 'Sin asignar', null],
  ['STATUS', 'IN_PROCESS', 'En proceso', null],
  ['STATUS', 'PROCESSED', 'Procesado', null],
  ['STATUS', 'CONVERTED', 'Prospecto de calidad', 'S'],
  ['STATUS', 'JUNK', 'Prospecto no válido', 'F'],
  ['DEAL_STAGE', 'NEW', 'Nueva', null],
  ['DEAL_STAGE', 'PREPARATION', 'Preparar documentos', null],
  ['DEAL_STAGE', 'EXECUTING', 'En marcha', null],
  ['DEAL_STAGE', 'WON', 'Ganada', 'S'],
  ['DEAL_STAGE', 'LOSE', 'Perdida', 'F'],
  ['DEAL_STAGE', 'APOLOGY', 'Analizar el fracaso', 'F'],
  ['DEAL_STAGE_4', 'C4:NEW', 'Nueva', null],
  ['DEAL_STAGE_4', 'C4:PAYMENT', 'Promesa de pago', null],
  ['DEAL_STAGE_4', 'C4:WON', 'Pagada', 'S'],
  ['DEAL_STAGE_4', 'C4:LOSE', 'Perdida', 'F'],
  ['DYNAMIC_177_STAGE_1', 'DT177_1:NEW', 'Inicio', null],
  ['DYNAMIC_177_STAGE_1', 'DT177_1:SUCCESS', 'Hecho', 'S'],
  ['SOURCE', 'CALL', 'Llamada', null],
  ['SOURCE', 'WEB', 'Sitio web', null],
  ['SOURCE', 'OTHER', 'Otra', null],
] as const

const COLORS = { S: '#7BD500', F: '#FF5752' } as const

export function seedCrm(portal: Portal): void {
  for (const [index, [entityId, statusId, name, semantics]] of STAGES.entries()) {
    const color = semantics === null ? '#39A8EF' : COLORS[semantics]
    const id = portal.nextId('status', 101)
    portal.statuses.put({ id, entityId, statusId, name, sort: 10 * (index + 1), semantics, color, system: index % 5 === 0 })
  }
  const category = { entityTypeId: 2, sort: 100 }
  portal.categories.put({ ...category, id: 0, name: 'General', isDefault: true })
  portal.categories.put({ ...category, id: 4, name: 'Cobranza', isDefault: false })
}
