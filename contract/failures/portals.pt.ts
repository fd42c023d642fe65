/** Portals of Bitrix24, in Portuguese. */
import type { FailureText, PortalFailure } from '../failures.ts'

export const PORTALS_PT: Record<PortalFailure, FailureText> = {
  portal_unreachable: {
    cause: 'O portal do Bitrix24 não responde.',
    nextStep: 'Não é preciso fazer nada: é entregue em ordem quando ele voltar. Se demorar, veja se o portal abre no navegador.',
  },
  portal_busy: {
    cause: 'O portal do Bitrix24 recebe mais pedidos do que o plano permite.',
    nextStep: 'Não é preciso fazer nada: é entregue em ordem, aos poucos.',
  },
  portal_overloaded: {
    cause: 'O Bitrix24 parou os pedidos a este portal por excesso de carga.',
    nextStep: 'É tentado a cada poucos minutos. Se passar de uma hora, escreva ao suporte do Bitrix24.',
  },
  portal_method_limit: {
    cause: 'O Bitrix24 dá a cada método um tempo de trabalho a cada dez minutos, e o deste pedido acabou.',
    nextStep: 'Não é preciso fazer nada: é entregue em ordem quando o Bitrix24 permitir de novo.',
  },
  portal_earlier: {
    cause: 'Espera que uma mensagem anterior da mesma conversa seja entregue.',
    nextStep: 'Leia a causa da primeira que espera nessa conversa: as demais vão atrás, em ordem.',
  },
  portal_line_inactive: {
    cause: 'O canal aberto não está ativo ou este número não está conectado a ele.',
    nextStep:
      'Revise o número em Configurações › Bitrix24 e o canal aberto no Contact Center. O que espera é entregue assim que funcionar.',
  },
  portal_access: {
    cause: 'O portal do Bitrix24 não deixa o aplicativo entrar.',
    nextStep: 'Um administrador do portal deve abrir o WhatsappB24 no Bitrix24. O que espera é entregue depois.',
  },
  portal_unpaid: {
    cause: 'O plano do portal do Bitrix24 não permite aplicativos, ou venceu.',
    nextStep: 'Renove o plano no Bitrix24. O que espera é entregue depois.',
  },
  portal_gone: {
    cause: 'O portal do Bitrix24 está fechado.',
    nextStep: 'Confirme com o Bitrix24 se o portal ainda existe.',
  },
  portal_refused: {
    cause: 'O canal aberto não aceitou a mensagem.',
    nextStep: 'Leia o que o portal disse. A mensagem está completa no WhatsappB24.',
  },
  portal_answer_lost: {
    cause: 'O pedido saiu para o portal, mas a resposta não chegou.',
    nextStep: 'Olhamos no portal se a mensagem está lá e só repetimos se faltar.',
  },
  portal_unconfirmed: {
    cause: 'O pedido saiu para o portal e ninguém respondeu: não dá para saber se ele foi aceito.',
    nextStep: 'Veja no Bitrix24 e decida: chegou, enviar de novo ou descartar. Nunca se repete sozinho.',
  },
  portal_paused: {
    cause: 'Levar as mensagens ao Bitrix24 está em pausa neste número.',
    nextStep: 'Retome em Ajustes › Bitrix24 › Saúde: tudo é entregue em ordem.',
  },
  portal_event_missed: {
    cause: 'Um operador escreveu no Bitrix24, o portal não nos avisou e, quando encontramos, já era tarde para enviar sozinho.',
    nextStep: 'Abra o chat e escreva de novo se ainda for necessário.',
  },
  portal_file_pending: {
    cause: 'O arquivo ainda está sendo buscado no WhatsApp.',
    nextStep: 'Não é preciso fazer nada. Se levar mais de um minuto, o texto vai primeiro e o arquivo depois.',
  },
}
