/** The words of the computers that run unofficial numbers, in Spanish. */
const n = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`

export const nodesEs = {
  title: 'Equipos que atienden los números',
  help: 'Los números no oficiales necesitan un programa siempre encendido. Por defecto lo ponen nuestros servidores; también puede ser una computadora suya, con el internet de su oficina.',
  open: 'Equipos propios',
  ours: 'Nuestros servidores',
  oursHere: (count: number) => `En línea · ${n(count, 'número suyo', 'números suyos')}`,
  oursAway: (count: number) => `Sin conexión · ${n(count, 'número suyo', 'números suyos')}`,
  none: 'Todavía no hay equipos suyos.',
  failed: 'No se pudo leer la lista de equipos.',
  add: 'Agregar un equipo',
  name: 'Nombre del equipo',
  nameHint: 'Por ejemplo: PC de la oficina',
  make: 'Crear el acceso',
  tokenTitle: (name: string) => `Encender ${name}`,
  tokenHelp: 'Este acceso se muestra una sola vez. Quien lo tenga puede atender los números que usted ponga en sus equipos.',
  token: 'Acceso del equipo',
  copy: 'Copiar',
  commandHelp: 'En la carpeta del programa, con Node 24 instalado, ejecute:',
  linux: 'Linux o Mac',
  windows: 'Windows (PowerShell)',
  container: 'Contenedor (se enciende solo con la máquina)',
  done: 'Listo',
  states: {
    new: 'Sin encender todavía',
    here: 'En línea',
    leaving: 'Apagándose',
    away: 'Sin conexión',
    revoked: 'Sin acceso',
  },
  seen: (when: string) => `Visto ${when}`,
  running: (running: number, capacity: number) => `${n(running, 'sesión', 'sesiones')} de ${capacity}`,
  numbers: (count: number) => `Debe atender ${n(count, 'número', 'números')}`,
  memory: (mb: number) => `${mb} MB`,
  version: (version: string) => `versión ${version}`,
  revoke: 'Quitar el acceso',
  revokeOf: (name: string) => `Quitar el acceso: ${name}`,
  revokeSure: (name: string) => `¿Quitar el acceso a ${name}?`,
  revokeHelp:
    'Deja de atender en el acto. Sus números pasan a otro de sus equipos; si no hay otro encendido, quedan sin conexión hasta que elija quién los atiende.',
  place: 'Quién atiende este número',
  placeHelp:
    'Si ese equipo se apaga, lo toma otro de sus equipos en menos de 40 segundos; nunca pasa de unos dueños a otros solo.',
  placeGone: 'Otro de sus equipos',
}
export type NodesText = typeof nodesEs
