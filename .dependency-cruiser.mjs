/** Who may import whom: design.md §2, style.md §4. Rooms are folders of the root, domains folders of worker/src. */
const rule = (name, from, to) => ({ name, severity: 'error', from, to })
const ROOMS = '^(contract|db|worker|pwa|session-node|sim|scripts|bench|e2e)/'
const room = (name, ...guests) =>
  rule(
    `${name}-imports-${guests.length > 0 ? 'its-guests-only' : 'no-room'}`,
    { path: `^${name}/` },
    { path: ROOMS, pathNot: [`${name}/`, ...guests].map((g) => `^${g}`) },
  )
const DOMAIN = '^worker/src/([^/]+)/'

export default {
  forbidden: [
    room('contract'),
    room('db', 'contract/'),
    room('worker', 'contract/', 'db/'),
    room('pwa', 'contract/'),
    room('session-node', 'contract/'),
    room('sim', 'contract/'),
    // The product never imports its helpers.
    rule('helpers-stay-outside', { path: '^(contract|db|worker|pwa|session-node|sim)/' }, { path: '^(scripts|bench|e2e)/' }),
    rule(
      'a-domain-is-entered-by-its-index',
      { path: DOMAIN },
      { path: DOMAIN, pathNot: ['^worker/src/($1|lib|http)/', '/index[.]ts$'] },
    ),
    { ...rule('domains-form-no-circle', { path: '^worker/src/' }, { circular: true }), scope: 'folder' },
    rule('files-form-no-circle', {}, { circular: true }),
    rule('lib-knows-no-domain', { path: '^worker/src/lib/' }, { path: '^worker/src/', pathNot: '^worker/src/lib/' }),
    rule(
      'an-adapter-knows-only-its-port',
      { path: '^worker/src/(channels|billing)/([^/]+)/' },
      // Meta and Gupshup's third version write the same format: read in one place.
      {
        path: '^worker/src/',
        pathNot: ['^worker/src/$1/($2|cloud-format)/', '^worker/src/$1/(channel|gateway)[.]ts$', '^worker/src/lib/'],
      },
    ),
    rule(
      'only-the-registry-knows-adapters',
      { path: '^worker/src/', pathNot: ['/registry[.]ts$', '^worker/src/(channels|billing)/[^/]+/'] },
      { path: '^worker/src/(channels|billing)/[^/]+/' },
    ),
    rule('rules-are-pure', { path: '[^/][.]rules[.]ts$' }, { pathNot: ['^contract/', '[^/][.]rules[.]ts$', '^worker/src/lib/'] }),
    rule(
      'sql-lives-in-stores',
      { path: '^worker/src/', pathNot: ['[./]store[.]ts$', '^worker/src/lib/'] },
      { path: ['^db/', 'node_modules/drizzle-orm'] },
    ),
    rule(
      'screens-are-strangers',
      { path: '^pwa/src/screens/([^/]+)/' },
      { path: '^pwa/src/screens/', pathNot: '^pwa/src/screens/$1/' },
    ),
    rule('ui-knows-no-domain', { path: '^pwa/src/ui/' }, { path: ['^pwa/src/', '^contract/'], pathNot: '^pwa/src/(ui|lib)/' }),
    rule(
      'baileys-stays-in-session-node',
      { pathNot: '^(session-node|sim/whatsapp-web)/' },
      { path: 'node_modules/(@whiskeysockets/)?baileys' },
    ),
    rule('every-import-exists', {}, { couldNotResolve: true, pathNot: '^(cloudflare|virtual):' }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '[.]test[.]tsx?$' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'default'] },
  },
}
