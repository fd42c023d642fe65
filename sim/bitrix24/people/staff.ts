/** Invented employees, as many as one asks for: always the same ones. */
import type { Department, User } from '../model.ts'
import type { Portal } from '../portal.ts'

const WOMEN = ['Ana', 'Rosa', 'Lucía', 'Carmen', 'Elena', 'Sofía', 'Inés', 'Marta', 'Paula', 'Julia', 'Nadia', 'Teresa']
const MEN = ['Luis', 'Jorge', 'Andrés', 'Pablo', 'Hugo', 'Iván', 'Óscar', 'Raúl', 'Tomás', 'Félix', 'Simón', 'Darío']
const LAST = [
  ...['Vera', 'Paz', 'Quispe', 'Núñez', 'Salas', 'Ríos', 'Cueva', 'Mora', 'Ibarra', 'Luna', 'Peña', 'Zambrano', 'Torres'],
  ...['Alvear', 'Bravo', 'Castro', 'Duarte', 'Espín', 'Flores', 'Güell', 'Haro', 'Játiva', 'León', 'Ordóñez', 'Pino'],
]
const ROOMS = [
  ['Andina Comercial', null],
  ['Ventas', 1],
  ['Red Digital', 2],
  ['Tiendas', 2],
  ['Atención al cliente', 1],
  ['Cobranzas', 1],
  ['Administración', 1],
] as const
const POSITIONS = ['Asesor de ventas', 'Ejecutiva de cuentas', 'Supervisora', 'Operador', 'Analista', 'Jefe de equipo']

/** The portal has this many employees, the first one its administrator. Who was there stays as he is. */
export function hire(portal: Portal, count: number): void {
  for (const [index, [name, parent]] of ROOMS.entries()) {
    const id = index + 1
    const department: Department = { id, name, parent, head: id <= 2 ? 1 : null, sort: 100 * id }
    if (!portal.departments.get(id)) portal.departments.put(department)
  }
  while (portal.users.size() < count) portal.users.put(employee(portal.nextId('user')))
}

function employee(id: number): User {
  const index = id - 1
  const isWoman = index % 2 === 0
  const names = isWoman ? WOMEN : MEN
  const name = names[Math.floor(index / 2) % names.length] ?? 'Ana'
  // 25 and 12 share no divisor: names repeat late.
  const lastName = `${LAST[index % LAST.length] ?? 'Vera'}${index >= 600 ? ` ${LAST[Math.floor(index / 25) % LAST.length] ?? ''}` : ''}`
  return {
    ...{ id, active: true, admin: id === 1, name, lastName, email: `empleado${id}@andina.example`, phone: '', mobile: '' },
    ...{ position: id === 1 ? 'Administradora' : (POSITIONS[index % POSITIONS.length] ?? ''), gender: isWoman ? 'F' : 'M' },
    ...{ departments: [id === 1 ? 1 : 2 + (index % (ROOMS.length - 1))], photo: null },
  }
}
