/**
 * Which new passwords are too easily guessed (ASVS 5, 6.2): no rules of composition, but none of the commonest. The list
 * holds the words that people build on; digits, years and signs around one of them, and letters written as figures, make
 * no difference.
 */
import { PASSWORD_MIN } from '#contract/session.ts'
import { Refusal } from '../lib/refusal.ts'

const WORDS = `
password passwords passw pass passwort motdepasse mypassword yourpassword changeme changeit letmein welcome welcomeback
admin administrator administrador administradora root superuser superadmin sysadmin user usuario default guest invitado
master login access secret secreto segredo private temporal temporary testing test demo prueba pruebas teste ejemplo
contrasena contraseña micontrasena micontraseña clave claves miclave miclavesecreta clavesecreta claveprivada acceso entrar
bienvenido bienvenida bienvenidos bemvindo senha minhasenha senhasegura senhasecreta cambiame cambiar mudar mudarsenha seguridad segura
qwerty qwertyuiop qwertyui asdfgh asdfghjkl asdfghjklñ zxcvbn zxcvbnm qazwsx qazwsxedc qwerasdf asdfqwer azerty azertyuiop
abc abcd abcde abcdef abcdefg aabbcc qwe asd zxc qaz wsx xyz aaa
iloveyou ilovegod iloveme loveyou lovely love tequiero tequieromucho teamo teamomucho amor amorcito miamor mivida vidamia
eternamente parasiempre siempre euteamo meuamor minhavida saudade princesa princess princesita preciosa hermosa bonita corazon
corazón coração coracao amigos amigas hermano hermana familia mifamilia minhafamilia mama mamá papa papá mamapapa hijos mishijos
jesus jesuscristo jesuschrist dios diosesamor diosmio cristo deus deusefiel deusamor virgen virgencita maria santamaria angel
angeles angelito anjo estrella estrellita estrela luna sol sunshine flower flores florecita rosa mariposa borboleta
football futbol fútbol futebol soccer baseball basketball barcelona barcelonasc emelec ldu ligadequito realmadrid madridista
chelsea liverpool arsenal juventus manchester millonarios nacional atletico americadecali deportivocali bocajuniors riverplate
flamengo corinthians palmeiras santos vascodagama gremio saopaulo alianzalima universitario sportingcristal
ecuador ecuatoriano guayaquil quito cuenca machala loja ambato manta colombia colombiano bogota medellin cali barranquilla peru
peruano lima arequipa mexico méxico guadalajara monterrey argentina buenosaires chile santiago bolivia lapaz venezuela caracas
panama paraguay uruguay brasil brazil riodejaneiro españa espana madrid
alejandro alejandra andrea andres antonio beatriz camila carlos carolina catalina christian cristian daniel daniela david diana
diego eduardo elizabeth esteban fernanda fernando francisco gabriel gabriela guillermo gustavo isabella javier jessica jonathan
jorge jose joseluis juan juancarlos juanpablo leonardo lorena lucia luis manuel marcelo margarita mariana mario martin
mauricio mercedes michael michelle miguel miguelangel monica natalia nicolas oscar pablo patricia paola pedro ricardo roberto
rodrigo rosario samuel sandra santiago sebastian sergio sofia stephanie valentina valeria vanessa veronica victor victoria
dragon monkey shadow superman batman spiderman pokemon starwars minecraft naruto ninja computer computadora computador internet
samsung iphone android google facebook instagram whatsapp youtube twitter hotmail gmail yahoo microsoft windows office
empresa miempresa oficina trabajo negocio negocios ventas cobranzas cobranza soporte sistemas sistema gerente gerencia contabilidad
callcenter supervisor agente asesor cliente clientes dinero banco pichincha primavera verano otoño invierno summer winter spring
autumn enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre lunes martes miercoles jueves
viernes sabado domingo chocolate cafe cerveza perrito gatito michael jordan trustno nothing whatever freedom libertad liberdade
letmeinnow correcthorsebatterystaple thequickbrownfox hola holamundo helloworld hello olamundo buenosdias
`

const COMMON = new Set(WORDS.trim().split(/\s+/).map(plain))
/** What we are called, and the words beside it. */
const PRODUCT = ['whatsappb24', 'whatsapp', 'bitrix24', 'bitrix', 'b24']
/** Keyboards, the alphabet and figures, there and back: a password that is one stretch of these is none. */
const ROWS = [
  ...['01234567890123456789', 'abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz', 'abcdefghijklmnñopqrstuvwxyz'],
  ...[
    'qwertyuiopasdfghjklzxcvbnm',
    'qwertyuiopasdfghjklñzxcvbnm',
    'azertyuiopqsdfghjklmwxcvbn',
    '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p',
  ],
  ...[
    'qazwsxedcrfvtgbyhnujmikolp',
    '1q2w3e4r5t6y7u8i9o0p',
    'q1w2e3r4t5y6u7i8o9p0',
    'a1b2c3d4e5f6g7h8i9j0',
    '1a2b3c4d5e6f7g8h9i0j',
  ],
  '147258369147258369',
].flatMap((row) => [row, [...row].toReversed().join('')])
const FIGURES: Record<string, string> = { '0': 'o', '1': 'i', '3': 'e', '4': 'a', '5': 's', '7': 't', '@': 'a', $: 's', '!': 'i' }
/** A single letter is no name. */
const OWN_MIN = 2

function plain(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
}

/** Letters that are written as figures are letters: `p4ssw0rd`. */
function read(text: string): string {
  return [...text].map((sign) => FIGURES[sign] ?? sign).join('')
}

/** Without what people put around a word to please rules of composition. */
function core(text: string): string {
  return text.replaceAll(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
}

/** A block of up to half its length, over and over: `aaaaaaaaaa`, `abcabcabcabc`, `12341234123`. */
function repeats(text: string): boolean {
  for (let size = 1; size <= Math.min(6, text.length / 2); size += 1) {
    if ([...text].every((sign, at) => sign === text[at % size])) return true
  }
  return false
}

/** Is the text put together from these words alone, with nothing but figures and signs between them? */
function madeOf(text: string, words: readonly string[]): boolean {
  const left = words.toSorted((a, b) => b.length - a.length).reduce((rest, word) => rest.replaceAll(word, ' '), text)
  return left !== text && !/\p{L}/u.test(left)
}

/** Twice the same: `adminadmin`. */
function half(text: string): string {
  const first = text.slice(0, text.length / 2)
  return first + first === text ? first : text
}

/** Figures alone, few enough to be counted through: a birthday, an identity card, a telephone number. */
function isNumber(text: string): boolean {
  return !/[^\d\p{P}\p{S}\s]/u.test(text) && text.replaceAll(/\D/g, '').length <= 12
}

/** The words of these names, together and one by one. */
function wordsOf(names: readonly string[]): string[] {
  return names
    .map(plain)
    .flatMap((name) => [...name.split(/[^\p{L}\p{N}]+/u), name.replaceAll(/[^\p{L}\p{N}]/gu, '')])
    .filter((word) => word.length >= OWN_MIN)
}

/** Can this password be guessed from lists, from the keyboard or from what is `known` of its person? */
export function isCommon(password: string, known: readonly string[]): boolean {
  const text = plain(password)
  if (new Set(text).size < 4 || repeats(text) || isNumber(text) || ROWS.some((row) => row.includes(text))) return true
  const own = wordsOf([...known, ...PRODUCT])
  const readings = [text, core(text), read(text), core(read(text)), read(core(text))]
  return readings.some((reading) => COMMON.has(reading) || COMMON.has(half(reading)) || madeOf(reading, own))
}

/** Refuses a new password that is too short once written in one way (NFC), or too common. */
export function refuseCommon(password: string, known: readonly string[]): void {
  if (password.normalize('NFC').length < PASSWORD_MIN) throw new Refusal('bad_request', { where: 'password', what: 'too short' })
  if (isCommon(password, known)) throw new Refusal('password_common')
}
