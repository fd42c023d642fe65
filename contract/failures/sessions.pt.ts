import type { FailureText, SessionFailure } from '../failures.ts'

/** Numbers linked like WhatsApp Web, and the history that phones share. */
export const SESSIONS_PT: Record<SessionFailure, FailureText> = {
  session_unlinked: {
    cause: 'O número não está vinculado ao WhatsApp.',
    nextStep: 'Abra Números, escolha o número e vincule-o com o código QR ou com um código de oito letras.',
  },
  session_logged_out: {
    cause: 'O WhatsApp encerrou a sessão: alguém a removeu de Aparelhos conectados, ou o telefone ficou 14 dias sem conexão.',
    nextStep: 'Vincule o número de novo. Seus chats continuam aqui, e as mensagens novas esperam.',
  },
  session_blocked: {
    cause: 'O WhatsApp bloqueou ou restringiu este número.',
    nextStep:
      'Abra o WhatsApp no telefone e leia o aviso: a revisão se pede ali. Não o vincule de novo até o telefone funcionar.',
  },
  session_replaced: {
    cause: 'Outro programa abriu esta mesma sessão e o WhatsApp fechou a nossa.',
    nextStep: 'Feche o outro programa e pressione Reconectar.',
  },
  session_refused: {
    cause: 'O WhatsApp não aceita mais a versão do nosso programa.',
    nextStep: 'Não faça nada: ele se atualiza e se conecta sozinho. Se passar de uma hora, avise o suporte.',
  },
  session_away: {
    cause: 'O número perdeu a conexão com o WhatsApp e está reconectando.',
    nextStep: 'Verifique se o telefone tem internet. As mensagens esperam e saem sozinhas quando voltar.',
  },
  session_no_node: {
    cause: 'Não há nenhum programa de sessões em execução que atenda este número.',
    nextStep: 'Inicie o programa de sessões, ou avise o suporte. As mensagens esperam.',
  },
  session_number_taken: {
    cause: 'Esse WhatsApp está vinculado agora em outra conta desta plataforma; por isso aqui foi desvinculado.',
    nextStep:
      'Se o telefone é seu, abra nele WhatsApp › Dispositivos conectados, encerre a sessão anterior e escaneie aqui de novo. Se não, escreva ao suporte.',
  },
  session_number_own: {
    cause: 'Esse WhatsApp já é de outro número da sua empresa; por isso aqui foi desvinculado.',
    nextStep: 'Use esse número: as conversas dele estão lá. Para recomeçar neste, arquive antes o outro em Números.',
  },
  session_other_number: {
    cause: 'Foi escaneado com outro telefone: os chats deste número são de outro WhatsApp.',
    nextStep: 'Escaneie com o telefone deste número, ou adicione um número novo para o outro.',
  },
  session_qr_over: {
    cause: 'Ninguém escaneou o código a tempo.',
    nextStep: 'Peça um código novo quando tiver o telefone à mão.',
  },
  session_link_refused: {
    cause: 'O WhatsApp não aceitou vincular este aparelho.',
    nextStep: 'Espere uma hora e tente de novo: tentativas demais seguidas parecem abuso.',
  },
  session_first_contact: {
    cause: 'O WhatsApp não deixa este número escrever primeiro para quem nunca escreveu.',
    nextStep: 'Espere o cliente escrever, ou use um número oficial com um modelo.',
  },
  history_limit: {
    cause: 'A sincronização do telefone foi pedida mais vezes do que o permitido.',
    nextStep: 'Desconecte o número e conecte-o de novo para sincronizar outra vez.',
  },
  history_too_late: {
    cause: 'A sincronização do telefone só pode ser pedida nas primeiras 24 horas.',
    nextStep: 'Desconecte o número e conecte-o de novo para sincronizar outra vez.',
  },
  history_declined: {
    cause: 'A empresa escolheu não compartilhar o histórico do telefone.',
    nextStep:
      'Não faça nada: as mensagens novas chegam do mesmo jeito. Para trazer o histórico é preciso conectar o número de novo.',
  },
}
