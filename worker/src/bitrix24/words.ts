/** What the pages in a portal's frame say before the app itself opens. */
import type { Language } from '#contract/ids.ts'

type Words = {
  title: string
  installing: string
  chooseTitle: string
  choose: string
  begin: string
  beginHint: string
  join: string
  joinHint: string
  code: string
  codeWrong: string
  failed: string
  again: string
  done: string
  incomplete: string
  notAdmin: string
  noAccess: string
  /** `names`: of those who may give it. */
  noAccessAsk: (names: string) => string
  refused: string
  away: string
  denied: string
  noApplication: string
  over: string
  open: string
  openAgain: string
  opening: string
  notOpened: string
  close: string
  exitSpent: string
  enterAs: string
  enter: string
  taken: string
  goOn: string
}

const ES: Words = {
  title: 'WhatsappB24',
  installing: 'Preparando WhatsappB24…',
  chooseTitle: 'Un paso más',
  choose: '¿De qué empresa es este portal?',
  begin: 'Empezar con una cuenta nueva',
  beginHint: 'Usted será su administrador.',
  join: 'Unir a una cuenta que ya existe',
  joinHint: 'En WhatsappB24 abra Ajustes → Bitrix24 → Código de enlace y escríbalo aquí.',
  code: 'Código de enlace',
  codeWrong: 'Ese código no sirve: venció o ya se usó. Pida uno nuevo en Ajustes → Bitrix24.',
  failed: 'No se pudo terminar. No se perdió nada: pruebe otra vez.',
  again: 'Probar otra vez',
  done: 'Listo. Abriendo…',
  incomplete: 'Instalado. Falta que el portal acepte algunos avisos; se intentará de nuevo en unos minutos.',
  notAdmin: 'Solo un administrador del portal puede instalar WhatsappB24. Pídaselo a él.',
  noAccess: 'Todavía no tiene acceso a WhatsappB24. Pida a su administrador que se lo dé.',
  noAccessAsk: (names) => `Todavía no tiene acceso a WhatsappB24. Pídaselo a ${names}.`,
  refused: 'Bitrix24 no confirma esta página. Ciérrela y ábrala de nuevo desde el menú del portal.',
  away: 'Bitrix24 no responde ahora. Espere un minuto y abra la página de nuevo.',
  denied: 'El portal no deja entrar a la aplicación. Revise que su plan incluya REST y que usted tenga permiso para usarla.',
  noApplication: 'Esta aplicación no está configurada aquí. Revise la dirección que pegó en Bitrix24.',
  over: 'La sesión de esta página terminó. Ábrala de nuevo desde el menú de Bitrix24.',
  open: 'Abrir WhatsappB24',
  openAgain: 'Toque otra vez para abrir',
  opening: 'Abriendo WhatsappB24…',
  notOpened: 'No se pudo abrir. Pruebe otra vez.',
  close: 'Cerrar',
  exitSpent: 'Este enlace ya no sirve: dura un minuto y se usa una vez. Vuelva a Bitrix24 y toque «Abrir WhatsappB24» de nuevo.',
  enterAs: '¿Entrar como {name} ({company})?',
  enter: 'Entrar',
  taken:
    'En este navegador está abierta la sesión de {name}. Salga de ella en Ajustes y vuelva a tocar «Abrir WhatsappB24» en Bitrix24.',
  goOn: 'Ir a WhatsappB24',
}

const EN: Words = {
  title: 'WhatsappB24',
  installing: 'Getting WhatsappB24 ready…',
  chooseTitle: 'One more step',
  choose: 'Which company does this portal belong to?',
  begin: 'Start with a new account',
  beginHint: 'You will be its administrator.',
  join: 'Join an account that exists',
  joinHint: 'In WhatsappB24 open Settings → Bitrix24 → Link code and type it here.',
  code: 'Link code',
  codeWrong: 'That code does not work: it expired or was used. Make a new one in Settings → Bitrix24.',
  failed: 'It could not be finished. Nothing was lost: try again.',
  again: 'Try again',
  done: 'Done. Opening…',
  incomplete: 'Installed. The portal has yet to accept some notifications; it is tried again in a few minutes.',
  notAdmin: 'Only an administrator of the portal can install WhatsappB24. Ask them to.',
  noAccess: 'You have no access to WhatsappB24 yet. Ask your administrator for it.',
  noAccessAsk: (names) => `You have no access to WhatsappB24 yet. Ask ${names} for it.`,
  refused: 'Bitrix24 does not confirm this page. Close it and open it again from the portal’s menu.',
  away: 'Bitrix24 does not answer now. Wait a minute and open the page again.',
  denied: 'The portal does not let the application in. Check that your plan includes REST and that you may use it.',
  noApplication: 'This application is not set up here. Check the address that you pasted in Bitrix24.',
  over: 'The session of this page is over. Open it again from the menu of Bitrix24.',
  open: 'Open WhatsappB24',
  openAgain: 'Tap again to open',
  opening: 'Opening WhatsappB24…',
  notOpened: 'It could not be opened. Try again.',
  close: 'Close',
  exitSpent:
    'This link no longer works: it lasts a minute and is used once. Go back to Bitrix24 and tap “Open WhatsappB24” again.',
  enterAs: 'Sign in as {name} ({company})?',
  enter: 'Sign in',
  taken: '{name} is signed in in this browser. Sign out in Settings and tap “Open WhatsappB24” in Bitrix24 again.',
  goOn: 'Go to WhatsappB24',
}

const PT: Words = {
  title: 'WhatsappB24',
  installing: 'Preparando o WhatsappB24…',
  chooseTitle: 'Mais um passo',
  choose: 'De que empresa é este portal?',
  begin: 'Começar com uma conta nova',
  beginHint: 'Você será o administrador.',
  join: 'Unir a uma conta que já existe',
  joinHint: 'No WhatsappB24 abra Ajustes → Bitrix24 → Código de vínculo e escreva-o aqui.',
  code: 'Código de vínculo',
  codeWrong: 'Esse código não serve: venceu ou já foi usado. Peça um novo em Ajustes → Bitrix24.',
  failed: 'Não foi possível terminar. Nada se perdeu: tente outra vez.',
  again: 'Tentar outra vez',
  done: 'Pronto. Abrindo…',
  incomplete: 'Instalado. Falta o portal aceitar alguns avisos; será tentado de novo em alguns minutos.',
  notAdmin: 'Só um administrador do portal pode instalar o WhatsappB24. Peça a ele.',
  noAccess: 'Você ainda não tem acesso ao WhatsappB24. Peça ao seu administrador.',
  noAccessAsk: (names) => `Você ainda não tem acesso ao WhatsappB24. Peça a ${names}.`,
  refused: 'O Bitrix24 não confirma esta página. Feche-a e abra-a de novo pelo menu do portal.',
  away: 'O Bitrix24 não responde agora. Espere um minuto e abra a página de novo.',
  denied: 'O portal não deixa a aplicação entrar. Verifique se o plano inclui REST e se você pode usá-la.',
  noApplication: 'Esta aplicação não está configurada aqui. Verifique o endereço que colou no Bitrix24.',
  over: 'A sessão desta página terminou. Abra-a de novo pelo menu do Bitrix24.',
  open: 'Abrir o WhatsappB24',
  openAgain: 'Toque outra vez para abrir',
  opening: 'Abrindo o WhatsappB24…',
  notOpened: 'Não foi possível abrir. Tente outra vez.',
  close: 'Fechar',
  exitSpent:
    'Este link não serve mais: dura um minuto e é usado uma vez. Volte ao Bitrix24 e toque em «Abrir o WhatsappB24» de novo.',
  enterAs: 'Entrar como {name} ({company})?',
  enter: 'Entrar',
  taken:
    'Neste navegador está aberta a sessão de {name}. Saia dela em Ajustes e toque de novo em «Abrir o WhatsappB24» no Bitrix24.',
  goOn: 'Ir para o WhatsappB24',
}

const ALL: Record<Language, Words> = { es: ES, en: EN, pt: PT }

export function wordsIn(language: Language): Words {
  return ALL[language]
}

/** Bitrix24 says `la` for the Spanish of America and `br` for Brazil's Portuguese. */
export function languageOf(lang: string | null): Language {
  if (lang === 'br' || lang === 'pt') return 'pt'
  return lang === 'es' || lang === 'la' || lang === null ? 'es' : 'en'
}
