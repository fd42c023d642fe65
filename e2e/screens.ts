/** Every screen: where it is, and what stands on it when it is all there. */
import { expect, type Locator, type Page } from '@playwright/test'
import type { World } from './world.ts'

type Screen = {
  /** What stands there when it is whole. */
  ready: (page: Page) => Locator
  /** What is heard of it, in this order, where people spend their day. */
  heard?: string
  /** The address, where it has parameters. */
  at?: (world: World) => string
}

const title = (name: string) => (page: Page) => page.getByRole('heading', { name, level: 1, exact: true })
const text = (words: string) => (page: Page) => page.getByText(words).first()

/** By the router's own address. */
export const SCREENS: Readonly<Record<string, Screen>> = {
  '/chats': {
    ready: (page) => page.locator('a[href^="/chats/"]').first(),
    heard: `
      - navigation "Secciones":
        - list:
          - listitem:
            - link "Chats"
          - listitem:
            - link "Traspasos"
      - main "Lista de chats":
        - heading "Pendientes" [level=1]
        - link /Menciones/
        - button "Buscar"
        - button "Elegir filtros"
        - group "Filtrar los chats":
          - button /Abiertos/ [pressed]
        - list:
          - listitem:
            - link /Wilson Guamán Tituaña hace 1 h .* 1 mensaje sin responder/
    `,
  },
  '/chats/:chatId': {
    heard: `
      - main:
        - link "Volver"
        - heading "Rosa Huamán" [level=1]
        - button "Más acciones"
        - log "Mensajes":
          - article "Rosa Huamán"
          - article "Desde el teléfono"
          - article "Nota interna · no se envía"
        - group "Qué está escribiendo":
          - button "Mensaje" [pressed]
        - button "Adjuntar"
        - textbox "Mensaje"
        - button "Grabar una nota de voz"
    `,
    at: ({ chatId }) => `/chats/${chatId}`,
    ready: (page) => page.getByRole('log', { name: 'Mensajes' }).getByText('Recibido: $ 184,20').last(),
  },
  '/mentions': { ready: text('segunda cuota') },
  '/settings/balance': { ready: title('Saldo') },
  '/settings/alerts': { ready: text('El buzón de salida está lleno') },
  '/compartir': { ready: title('Compartir') },
  '/transfers': { ready: text('Conoce mejor su caso') },
  '/dashboard': { ready: (page) => page.getByRole('main').getByText('Sin asignar').first() },
  '/dashboard/metrics': { ready: (page) => page.getByRole('main').getByRole('heading', { level: 2 }).first() },
  '/contacts': { ready: (page) => page.getByRole('list', { name: 'Contactos' }).getByRole('button').first() },
  '/contacts/clients': { ready: text('Titular') },
  '/contacts/issues': { ready: text('Incompletos') },
  '/contacts/import': { ready: text('Elegir archivo CSV') },
  '/contacts/consents': { ready: text('Llamó por teléfono') },
  '/contacts/rights': { ready: text('Quiere saber qué guardamos') },
  '/settings': {
    heard: `
      - main "Ajustes":
        - heading "Ajustes" [level=1]
        - heading "Operación" [level=2]
        - navigation "Operación":
          - link /Números/
        - heading "Equipo" [level=2]
        - button "Cerrar sesión"
    `,
    ready: (page) => page.getByRole('button', { name: 'Cerrar sesión' }),
  },
  '/settings/account': { ready: title('Mi cuenta') },
  '/settings/notifications': { ready: title('Avisos') },
  '/settings/channels': { ready: (page) => page.getByRole('link', { name: /Lima/ }).last() },
  '/settings/channels/:channelId': {
    at: ({ channelId }) => `/settings/channels/${channelId}`,
    ready: (page) => page.getByRole('img', { name: 'Código QR del enlace' }),
  },
  '/settings/outbox': { ready: title('Por enviar') },
  '/settings/log': { ready: (page) => page.getByRole('main').getByRole('listitem').first() },
  '/settings/dead-letters': { ready: (page) => page.getByRole('main').getByRole('button', { name: 'Reintentar' }).first() },
  '/settings/operator': { ready: title('Consola del operador') },
  '/settings/operator/reconciliation': { ready: text('Suma del debe') },
  '/settings/operator/plans': { ready: title('Planes') },
  '/settings/operator/customers': { ready: text('Ferretería El Perno') },
  '/settings/operator/customers/:customerId': {
    at: ({ customerId }) => `/settings/operator/customers/${customerId}`,
    ready: title('Ferretería El Perno'),
  },
  '/settings/operator/loose': { ready: text('Nadie lo pidió desde la aplicación') },
  '/settings/operator/disputes': { ready: text('Responder en la pasarela') },
  '/settings/operator/events': {
    ready: (page) => page.getByRole('main').getByRole('button', { name: 'Probar otra vez' }).first(),
  },
  '/settings/operator/acts': { ready: text('Regaló saldo') },
  '/settings/operator/seller': { ready: text('Red Digital S. A. (demo)') },
  '/settings/operator/rates': { ready: text('Todos los demás países') },
  '/settings/subscriptions': { ready: text('Cada número tiene su propia suscripción') },
  '/settings/bitrix24': { ready: text('Aplicación local') },
  '/settings/bitrix24/:portalId/health': {
    at: ({ portalId }) => `/settings/bitrix24/${portalId}/health`,
    ready: text('El canal abierto no aceptó el mensaje.'),
  },
  '/settings/bitrix24/:portalId': { at: ({ portalId }) => `/settings/bitrix24/${portalId}`, ready: text('Paula Núñez') },
  '/settings/client-source': { ready: text('Probar la conexión') },
  '/settings/quick-replies': { ready: text('Saldo pendiente') },
  '/settings/templates': { ready: text('pedido_listo') },
  '/settings/rules': { ready: title('Reglas') },
  '/settings/labels': { ready: text('Promesa de pago') },
  '/settings/people': { ready: text('Jorge Álvarez') },
  '/settings/roles': { ready: title('Roles y permisos') },
  '/settings/departments': { ready: text('Cobranzas') },
  '/settings/audit': { ready: (page) => page.getByRole('main').getByRole('listitem').first() },
  '/settings/api-keys': { ready: text('Reportes de la noche') },
  '/settings/company': { ready: title('Empresa') },
  '/settings/privacy': { ready: text('Versión 1') },
}

/** Goes there as a tap on a link does, without loading the app anew, and waits until nothing is on its way any more. */
export async function goTo(page: Page, route: string, world: World): Promise<void> {
  const screen = SCREENS[route]
  if (!screen) throw new Error(`e2e/screens.ts does not know the screen ${route}`)
  await page.evaluate(
    (path) => {
      history.pushState(null, '', path)
      dispatchEvent(new PopStateEvent('popstate'))
    },
    screen.at?.(world) ?? route,
  )
  await expect(screen.ready(page), route).toBeVisible()
  await settled(page)
}

/** Nothing is being read or loaded. */
export async function settled(page: Page): Promise<void> {
  await expect(page.locator('main [aria-busy=true], .skeleton')).toHaveCount(0)
  await page.locator('html[data-fonts]').waitFor({ state: 'attached' })
  await page.evaluate(() => document.fonts.ready.then(() => true))
}

type Opening = { name: string; open: (page: Page, world: World) => Promise<unknown>; close: (page: Page) => Promise<unknown> }

/** By its cross, as everybody finds it. */
const shut = (page: Page) => page.getByRole('dialog').last().getByRole('button', { name: 'Cerrar' }).click()
const tap =
  (name: string | RegExp) =>
  async (page: Page): Promise<void> => {
    await page.getByRole('button', { name }).first().click()
    await expect(page.getByRole('dialog').first()).toBeVisible()
  }

/** What opens over a screen and is used most: sheets and forms. */
export const openings: Readonly<Record<string, readonly Opening[]>> = {
  '/chats': [{ name: 'Filtros', open: tap('Filtros'), close: shut }],
  '/chats/:chatId': [
    { name: 'Contacto', open: (page) => page.getByRole('heading', { level: 1 }).getByRole('button').click(), close: shut },
    { name: 'Adjuntar', open: tap('Adjuntar'), close: shut },
  ],
  '/settings/operator/customers/:customerId': [
    { name: 'Abonar o corregir', open: tap('Abonar o corregir'), close: shut },
    { name: 'Devolver un pago', open: tap('Devolver'), close: shut },
  ],
  '/settings/operator/loose': [{ name: 'De quién es', open: tap('Asignar a una empresa'), close: shut }],
  '/settings/channels': [{ name: 'Equipos propios', open: tap('Equipos propios'), close: shut }],
  '/settings/channels/:channelId': [{ name: 'Horario', open: tap('Cambiar: Horario de atención'), close: shut }],
  '/settings/operator/seller': [{ name: 'Quién vende', open: tap('Cambiar desde un día'), close: shut }],
  '/settings/balance': [{ name: 'Datos de los recibos', open: tap(/^(Completar|Cambiar)$/), close: shut }],
  '/settings/operator/rates': [{ name: 'Tarifa', open: tap(/^Marketing/), close: shut }],
  '/settings/operator/reconciliation': [
    {
      name: 'Decidir la diferencia',
      open: async (page) => {
        await page.getByRole('button', { name: 'Ver las diferencias' }).click()
        await tap('Decidir')(page)
      },
      close: async (page) => {
        await shut(page)
        await page.getByRole('link', { name: 'Volver' }).click()
      },
    },
  ],
  '/settings/privacy': [{ name: 'Aviso de privacidad', open: tap('Escribir una versión nueva'), close: shut }],
}
