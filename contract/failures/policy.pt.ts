import type { CallFailure, FailureText, PolicyFailure } from '../failures.ts'

/** What our own rules refuse, in Portuguese. */
export const POLICY_PT: Record<PolicyFailure, FailureText> = {
  not_changeable: {
    cause: 'Esta mensagem já não pode ser alterada no WhatsApp.',
    nextStep: 'Escreva a correção em uma mensagem nova.',
  },
  change_too_late: {
    cause: 'Passou o tempo em que o WhatsApp deixa alterar uma mensagem.',
    nextStep: 'Escreva a correção em uma mensagem nova.',
  },
  channel_archived: {
    cause: 'O número está arquivado.',
    nextStep: 'Escreva por outro número.',
  },
  text_too_long: {
    cause: 'O texto é longo demais para o WhatsApp.',
    nextStep: 'Divida em duas mensagens.',
  },
  link_not_allowed: {
    cause: 'Não é permitido enviar links por este número.',
    nextStep: 'Tire o link e escreva outra vez.',
  },
  video_not_allowed: {
    cause: 'Não é permitido enviar vídeos por este número.',
    nextStep: 'Envie uma foto ou um PDF.',
  },
  media_mismatch: {
    cause: 'O conteúdo do arquivo não corresponde ao seu tipo.',
    nextStep: 'Abra-o no seu aparelho, salve de novo e envie outra vez.',
  },
  media_too_large: {
    cause: 'O arquivo pesa mais do que o WhatsApp permite.',
    nextStep: 'Envie um mais leve.',
  },
  media_kind_not_allowed: {
    cause: 'O WhatsApp não aceita este tipo de arquivo.',
    nextStep: 'Use uma foto, um PDF ou um áudio.',
  },
  sender_not_allowed: {
    cause: 'O papel desta pessoa no WhatsappB24 não permite escrever a clientes.',
    nextStep: 'Peça a quem administra a conta que permita, ou que outra pessoa escreva.',
  },
  first_contact_off: {
    cause: 'Este número só responde: não escreve primeiro para quem nunca lhe escreveu.',
    nextStep: 'Espere o cliente escrever, use um número oficial com modelo, ou ative «Escrever primeiro» no número.',
  },
  first_contact_limit: {
    cause: 'Este número já escreveu primeiro para todas as pessoas que pode hoje.',
    nextStep: 'Amanhã pode continuar. A quem escrever você pode responder sempre.',
  },
  first_contact_frozen: {
    cause: 'O WhatsApp não deixa este número escrever primeiro por enquanto.',
    nextStep: 'Espere um dia e continue respondendo a quem escrever. Insistir pode bloquear o número.',
  },
  first_contact_stopped: {
    cause: 'Quase ninguém responde às primeiras mensagens deste número: continuar traz risco de bloqueio.',
    nextStep: 'Escreva só para quem espera, ou use um número oficial com modelo.',
  },
  subscription_ended: {
    cause: 'A assinatura deste número venceu: ele recebe mensagens, mas não envia.',
    nextStep: 'Renove em Ajustes, Assinaturas, ou peça a quem administra a conta. O que você escreveu está guardado.',
  },
  balance_empty: {
    cause: 'Não há saldo para pagar esta mensagem.',
    nextStep:
      'Recarregue em Configurações, Saldo, ou peça a quem administra a conta; depois envie de novo. O que você escreveu está guardado.',
  },
  balance_frozen: {
    cause: 'O saldo está em pausa porque um pagamento está em disputa: não é possível pagar esta mensagem.',
    nextStep: 'Espere a disputa ser resolvida ou pergunte a quem administra a conta. O que você escreveu está guardado.',
  },
  price_missing: {
    cause: 'Este tipo de mensagem não tem tarifa para esse país.',
    nextStep: 'Avise quem administra o WhatsappB24. O que você escreveu está guardado.',
  },
  same_text_limit: {
    cause: 'O mesmo texto já foi para pessoas demais em uma hora.',
    nextStep: 'Mude o texto para cada pessoa, ou espere um pouco.',
  },
  deed_no_number: {
    cause: 'Não se escolheu de que número enviar, ou ele está arquivado.',
    nextStep: 'Escolha outro número no robô, ou veja os números no WhatsappB24.',
  },
  deed_no_phone: {
    cause: 'A ficha não tem um telefone que se possa ler.',
    nextStep: 'Escreva-o na ficha com o código do país, por exemplo +593.',
  },
  deed_portal_away: {
    cause: 'O Bitrix24 não respondeu a tempo.',
    nextStep: 'Tente de novo em alguns minutos.',
  },
  deed_file_missing: {
    cause: 'O modelo leva um arquivo e o robô não tem o link dele.',
    nextStep: 'Escreva no robô um link https que qualquer pessoa possa abrir, sem senha.',
  },
  deed_file_unread: {
    cause: 'Não foi possível buscar o arquivo do link do robô.',
    nextStep: 'Confira se o link começa com https, abre o próprio arquivo e não pede para entrar. Depois tente de novo.',
  },
  deed_file_kind: {
    cause: 'O arquivo do link não é do tipo que o modelo pede.',
    nextStep: 'Dê ao robô uma imagem, um vídeo ou um PDF, conforme o que o modelo leva no topo.',
  },
}

/** Calls, and who is blocked, in Portuguese. */
export const CALLS_PT: Record<CallFailure, FailureText> = {
  call_refused: {
    cause: 'O WhatsApp não permitiu a chamada.',
    nextStep: 'Confira se as chamadas estão ativadas no número e, enquanto isso, escreva ao cliente.',
  },
  call_permission_missing: {
    cause: 'O cliente não deu permissão para que sua empresa ligue para ele.',
    nextStep: 'Peça a permissão para ligar pelo chat e espere a resposta.',
  },
  block_list_failed: {
    cause: 'O WhatsApp não conseguiu mudar a lista de bloqueados.',
    nextStep: 'Tente de novo. Só é possível bloquear quem escreveu nas últimas 24 horas.',
  },
}
