import { join } from 'node:path'
import tailwindcss from '@tailwindcss/vite'
import { build, defineConfig, type Plugin, type Rolldown } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'
import solid from 'vite-plugin-solid'
import { drawings } from './drawings.ts'
import { PIECES } from './pieces.ts'
import { readTokens } from './tokens.ts'

const { light, dark } = readTokens()

/** Nothing is drawn without words: those of the first language come with the page, not after its scripts. */
const FIRST_WORDS = '/src/text/first.es.ts'

type Bundle = Rolldown.OutputBundle

/** The files that a chat is drawn with, beside those of every start: public/start.js asks for them where one is opened by its address. */
function filesOfChat(bundle: Bundle): string[] {
  const chunks = Object.values(bundle).filter((part) => part.type === 'chunk')
  const importsOf = (name: string, seen: Set<string>): Set<string> => {
    const chunk = chunks.find(({ fileName }) => fileName === name)
    if (!chunk || seen.has(name)) return seen
    seen.add(name)
    for (const next of chunk.imports) importsOf(next, seen)
    return seen
  }
  const atStart = new Set<string>()
  for (const { isEntry, fileName } of chunks) if (isEntry) importsOf(fileName, atStart)
  const all = new Set<string>()
  for (const { facadeModuleId, fileName } of chunks)
    if (/\/src\/(screens\/chat\/chat-screen\.tsx|text\/text\.ts|text\/rest-words\.\w+\.ts)$/.test(facadeModuleId ?? ''))
      importsOf(fileName, all)
  return [...all].filter((file) => !atStart.has(file)).map((file) => `/${file}`)
}

/** Theme colours come from the token file, and what the first paint waits for is asked for at once. */
function shellPage(): Plugin {
  return {
    name: 'shell-page',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle = {} }) {
        const fonts = Object.keys(bundle).flatMap((file) => (file.endsWith('.woff2') ? [`/${file}`] : []))
        const words = Object.values(bundle).flatMap((part) =>
          part.type === 'chunk' && part.facadeModuleId?.endsWith(FIRST_WORDS) ? [part.fileName] : [],
        )
        return {
          html: html
            .replaceAll('%PAPER_LIGHT%', light['paper'] ?? '')
            .replaceAll('%PAPER_DARK%', dark['paper'] ?? '')
            .replace('%CHAT_FILES%', filesOfChat(bundle).join(' '))
            .replace('%FONTS%', fonts.join(' ')),
          tags: [
            ...words.map((file) => ({ rel: 'modulepreload', href: `/${file}`, crossorigin: '' })),
            // Who is here: asked while the scripts are on their way.
            { rel: 'preload', href: '/api/session', as: 'fetch', crossorigin: '' },
          ].map((attrs) => ({ tag: 'link', attrs, injectTo: 'head' as const })),
        }
      },
    },
  }
}

/** What comes before the app in a portal's frame (src/frame): a script by itself, under a name that the Worker knows. */
function framePage(): Plugin {
  return {
    name: 'frame-page',
    apply: 'build',
    async generateBundle() {
      const input = join(import.meta.dirname, 'src/frame/frame.ts')
      const options = { write: false, rolldownOptions: { input, output: { format: 'iife' as const } } }
      const made = await build({ configFile: false, logLevel: 'error', publicDir: false, build: options })
      const outputs = [made].flat().flatMap((one) => ('output' in one ? one.output : []))
      const code = outputs.flatMap((one) => (one.type === 'chunk' ? one.code : [])).join('')
      this.emitFile({ type: 'asset', fileName: 'frame.js', source: code })
    },
  }
}

/** Not kept ahead for when there is no network: the administration, a card in a portal's frame, what a system fetches to install the app, and ways in. */
const NEEDS_NETWORK = [
  'assets/admin-*',
  'frame.js',
  'icons/{apple,maskable,icon-5}*',
  'assets/{backups,nodes,past,portal-card,portal-lines,sessions,unpaid,uptime}.*',
  'assets/{card-shell,past,late-file,unpaid,unpaid-line,pay-way,top-up-way,sign-up-screen,link-screen,invited-number-screen,code-step,browser,esm,dist}-*',
]

export default defineConfig({
  root: import.meta.dirname,
  build: {
    outDir: '../dist/pwa',
    emptyOutDir: true,
    target: ['chrome111', 'safari16.4', 'firefox128'],
    // A list of what every part needs would weigh more than the parts that one start opens: only a chat, which may be the
    // first thing that is opened, has all its files asked for at once.
    modulePreload: { polyfill: false, resolveDependencies: (file, files) => (/\/(chat-screen|text)-/.test(file) ? files : []) },
    assetsInlineLimit: 0,
    rolldownOptions: { output: { codeSplitting: { groups: PIECES } } },
  },
  plugins: [
    drawings(),
    solid(),
    tailwindcss(),
    shellPage(),
    framePage(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src/worker',
      filename: 'service-worker.ts',
      // Registered by src/worker/register.ts, so that a new version waits until nothing is being written.
      injectRegister: false,
      registerType: 'prompt',
      includeManifestIcons: false,
      injectManifest: {
        globPatterns: ['**/*.{js,css,html,woff2,png}'],
        globIgnores: NEEDS_NETWORK,
      },
      manifest: {
        id: '/',
        name: 'WhatsappB24',
        short_name: 'WhatsappB24',
        description: 'Los chats de WhatsApp de su equipo, con su historia.',
        lang: 'es',
        start_url: '/chats',
        scope: '/',
        display: 'standalone',
        background_color: light['paper'] ?? '',
        theme_color: light['paper'] ?? '',
        categories: ['business', 'communication'],
        launch_handler: { client_mode: ['navigate-existing', 'auto'] },
        shortcuts: [
          { name: 'Sin responder', url: '/chats?waiting=yes' },
          { name: 'Sin asignar', url: '/chats?assignee=none' },
          { name: 'Chat nuevo', url: '/chats?new=1' },
        ].map((shortcut) => ({ ...shortcut, icons: [{ src: '/icons/icon-192.png', sizes: '192x192', type: 'image/png' }] })),
        screenshots: [
          {
            src: '/screenshots/inbox-phone.webp',
            sizes: '780x1688',
            form_factor: 'narrow' as const,
            label: 'Los chats pendientes',
          },
          { src: '/screenshots/thread-phone.webp', sizes: '780x1688', form_factor: 'narrow' as const, label: 'Una conversación' },
          {
            src: '/screenshots/thread-tablet.webp',
            sizes: '1024x768',
            form_factor: 'wide' as const,
            label: 'Los chats y la conversación, lado a lado',
          },
        ].map((picture) => ({ ...picture, type: 'image/webp' })),
        // Answered by the service worker (src/worker/share-target.ts). Videos are not asked for: no number may send them by itself.
        share_target: {
          action: '/share',
          method: 'POST',
          enctype: 'multipart/form-data',
          params: {
            title: 'title',
            text: 'text',
            url: 'url',
            files: [{ name: 'files', accept: ['image/*', 'application/pdf', '.pdf', 'audio/*'] }],
          },
        },
        icons: [
          { src: '/icons/icon-192.png', sizes: '192x192', type: 'image/png' },
          { src: '/icons/icon-512.png', sizes: '512x512', type: 'image/png' },
          { src: '/icons/maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
          { src: '/icons/icon.svg', sizes: 'any', type: 'image/svg+xml' },
        ],
      },
    }),
  ],
})
