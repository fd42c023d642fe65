/** The words of looking after quick replies, in Spanish. */
const n = (count: number, one: string, many: string) => (count === 0 ? '' : `${count} ${count === 1 ? one : many}`)

export const quickEs = {
  add: 'Agregar',
  addTitle: 'Nueva respuesta rápida',
  editTitle: 'Respuesta rápida',
  loadFailed: 'No se pudieron leer las respuestas',
  emptyHelp: 'Agregue la primera: saludo, saldo, formas de pago.',
  name: 'Nombre',
  shortcut: 'Atajo',
  shortcutHint: 'Lo que se escribe después de /. Una sola palabra.',
  folder: 'Carpeta (opcional)',
  text: 'Texto',
  variables: 'Insertar un dato',
  preview: 'Así se leerá',
  previewHelp: 'Con datos de ejemplo. Los verdaderos se ponen al usarla; si falta uno, no se envía.',
  file: 'Archivo (opcional)',
  addFile: 'Elegir un archivo',
  removeFile: 'Quitar el archivo',
  forWhom: 'Para quién',
  forWhomHelp: 'Sin marcar nada, la usan todos en todos los números.',
  roles: 'Roles',
  departments: 'Departamentos',
  channels: 'Números',
  save: 'Guardar',
  saved: 'Respuesta guardada.',
  archive: 'Archivar',
  restore: 'Restaurar',
  archived: 'Archivadas',
  /** To whom it is offered, in a few words. */
  scope: (roles: number, departments: number, channels: number) => {
    const parts = [n(roles, 'rol', 'roles'), n(departments, 'departamento', 'departamentos'), n(channels, 'número', 'números')]
    const named = parts.filter((part) => part !== '')
    return named.length > 0 ? `Para ${named.join(', ')}` : 'Para todos'
  },
  variable: {
    agente: 'Agente',
    cliente: 'Cliente',
    numero: 'Número del cliente',
    empresa: 'Empresa',
    canal: 'Canal',
    titular: 'Titular',
    saldo: 'Saldo',
    mora: 'Días de mora',
  },
  /** What the preview puts in the place of values that only a chat has. */
  samples: {
    cliente: 'Rosa Huamán',
    numero: '+593 98 765 4321',
    canal: 'Loja',
    titular: 'Rosa Huamán Quispe',
    saldo: 'S/ 120,50',
    mora: '12',
  },
}
export type QuickText = typeof quickEs
