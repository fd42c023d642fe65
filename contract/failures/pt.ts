import type { FailureCode, FailureText } from '../failures.ts'
import { PORTALS_PT } from './portals.pt.ts'
import { CALLS_PT, POLICY_PT } from './policy.pt.ts'
import { SESSIONS_PT } from './sessions.pt.ts'

/** O que lê quem administra a empresa: o que aconteceu e o que fazer. */
export const FAILURES_PT: Record<FailureCode, FailureText> = {
  token_invalid: {
    cause: 'O provedor não aceita mais a chave de acesso deste número: venceu, foi revogada ou está escrita errada.',
    nextStep: 'Abra Números, escolha o número e cole uma nova chave de acesso. As mensagens em espera sairão depois.',
  },
  permission_missing: {
    cause: 'A chave de acesso é válida, mas não tem permissão para esta ação.',
    nextStep:
      'Na conta do provedor, dê à chave as permissões de mensagens e de administração do WhatsApp e teste o número de novo.',
  },
  app_mismatch: {
    cause: 'O provedor não reconhece o aplicativo com os dados salvos: o nome, o identificador ou o número não coincidem.',
    nextStep: 'Compare o nome e o identificador do aplicativo com os que o provedor mostra e corrija-os em Números.',
  },
  account_blocked: {
    cause: 'O WhatsApp bloqueou ou restringiu a conta ou o número por causa de suas políticas.',
    nextStep: 'Abra o Gerenciador do WhatsApp da Meta, leia o motivo em Qualidade da conta e peça uma revisão.',
  },
  number_not_registered: {
    cause: 'O número não está registrado ou verificado na plataforma do WhatsApp.',
    nextStep: 'Registre e verifique o número na conta do provedor e teste-o de novo em Números.',
  },
  number_pin_wrong: {
    cause: 'O PIN de verificação em duas etapas do número não está correto.',
    nextStep: 'Confira o PIN ou troque-o no Gerenciador do WhatsApp e registre o número de novo.',
  },
  number_registration_limit: {
    cause: 'Houve tentativas demais de registrar o número.',
    nextStep: 'Espere 72 horas antes de registrá-lo de novo.',
  },
  number_not_connected: {
    cause: 'O número não está conectado ao WhatsApp: foi desconectado, movido para outra conta ou excluído.',
    nextStep: 'Confira o estado do número na conta do provedor e conecte-o de novo.',
  },
  display_name_not_approved: {
    cause: 'O WhatsApp não aprovou o nome que este número mostra.',
    nextStep: 'Corrija o nome no Gerenciador do WhatsApp e espere a aprovação.',
  },
  cloud_api_required: {
    cause: 'Esta ação só existe para números que estão na API na nuvem do WhatsApp.',
    nextStep: 'Peça ao provedor que passe o número para a API na nuvem.',
  },
  terms_not_accepted: {
    cause: 'A empresa tem termos de serviço pendentes de aceitação na conta do provedor.',
    nextStep: 'Entre na conta do provedor com uma pessoa administradora e aceite os termos pendentes.',
  },
  hook_refused: {
    cause: 'O provedor chamou o nosso endereço e não recebeu a resposta esperada.',
    nextStep:
      'Verifique se o endereço público deste sistema abre pela internet com https e se a palavra de verificação é a mesma. Depois teste de novo.',
  },
  hook_slots_full: {
    cause: 'O aplicativo já tem cinco endereços, o máximo do Gupshup.',
    nextStep: 'Remova no Gupshup um que não use mais e teste de novo. Aqui não se apaga nenhum que não seja nosso.',
  },
  username_refused: {
    cause: 'O WhatsApp não aceitou o nome de usuário pedido para a empresa.',
    nextStep: 'Escolha outro nome de usuário ou uma das sugestões do Gerenciador do WhatsApp.',
  },
  hook_lost: {
    cause: 'O provedor já não envia as mensagens deste número ao WhatsappB24: o que os clientes escrevem não chega.',
    nextStep: 'Abra o número em Ajustes, Números e toque em Conectar e testar.',
  },
  credit_low: {
    cause: 'Resta pouco saldo na carteira do provedor.',
    nextStep: 'Recarregue na página do provedor antes que acabe.',
  },
  credit_out: {
    cause: 'A carteira do provedor não paga nem mais uma mensagem: nenhuma sairá.',
    nextStep: 'Recarregue na página do provedor e toque em Testar no número.',
  },
  quality_low: {
    cause: 'O WhatsApp classificou este número com qualidade baixa: os clientes o bloqueiam ou denunciam.',
    nextStep: 'Envie menos modelos e veja a quem escreve; o WhatsApp pode reduzir o limite.',
  },
  account_limited: {
    cause: 'O WhatsApp limitou o que este número pode enviar.',
    nextStep: 'Veja no gerenciador do WhatsApp da Meta o que pede e resolva lá.',
  },
  billing_problem: {
    cause: 'A conta do WhatsApp tem um problema de pagamento, por isso os modelos não saem.',
    nextStep: 'Confira a forma de pagamento no Gerenciador do WhatsApp da Meta. Depois tente as mensagens de novo.',
  },
  wallet_empty: {
    cause: 'O saldo da conta no provedor não é suficiente para enviar.',
    nextStep: 'Recarregue o saldo na conta do provedor e tente as mensagens de novo.',
  },
  channel_paused: {
    cause: 'Os envios deste número estão em pausa.',
    nextStep: 'Retome os envios em Números quando quiser que as mensagens saiam.',
  },
  app_rate_limited: {
    cause: 'O aplicativo fez pedidos demais ao provedor em pouco tempo.',
    nextStep: 'Não faça nada: a mensagem será tentada de novo em alguns minutos.',
  },
  number_rate_limited: {
    cause: 'Este número enviou mais mensagens por segundo do que o WhatsApp permite.',
    nextStep: 'Não faça nada: a mensagem será tentada de novo em alguns segundos.',
  },
  pair_rate_limited: {
    cause: 'Foram enviadas mensagens demais em sequência a este cliente.',
    nextStep: 'Não faça nada: a mensagem será tentada de novo em alguns segundos.',
  },
  spam_rate_limited: {
    cause: 'O WhatsApp está freando este número porque vários clientes bloquearam ou denunciaram suas mensagens.',
    nextStep:
      'Pare os envios em massa, confira a qualidade do número e escreva só a quem espera. A mensagem será tentada mais tarde.',
  },
  provider_maintenance: {
    cause: 'O WhatsApp está mudando a capacidade deste número. Costuma durar um minuto.',
    nextStep: 'Não faça nada: a mensagem será tentada de novo.',
  },
  provider_unavailable: {
    cause: 'O serviço do provedor falhou e não aceitou a mensagem.',
    nextStep: 'Não faça nada: será tentado de novo. Se continuar, veja a página de status do provedor.',
  },
  provider_unreachable: {
    cause: 'Não foi possível chegar ao servidor do provedor. A mensagem não saiu.',
    nextStep: 'Não faça nada: será tentado de novo. Se durar, veja a página de status do provedor.',
  },
  answer_lost: {
    cause: 'A mensagem saiu para o provedor, mas não veio uma resposta clara. O cliente pode tê-la recebido ou não.',
    nextStep:
      'Espere alguns minutos: se o provedor confirmar, o estado muda sozinho. Se não, pergunte ao cliente antes de enviá-la de novo.',
  },
  send_interrupted: {
    cause: 'O sistema reiniciou enquanto enviava esta mensagem. O cliente pode tê-la recebido ou não.',
    nextStep:
      'Espere alguns minutos: se o provedor confirmar, o estado muda sozinho. Se não, pergunte ao cliente antes de enviá-la de novo.',
  },
  retries_exhausted: {
    cause: 'Tentou-se enviar várias vezes e o provedor não aceitou nenhuma.',
    nextStep: 'Leia o último motivo no percurso da mensagem. Quando estiver resolvido, tente de novo ou descarte-a.',
  },
  waited_too_long: {
    cause: 'A mensagem esperou tempo demais e não foi enviada, para não chegar fora de lugar.',
    nextStep: 'Se ainda for necessária, tente de novo. Se não, descarte-a.',
  },
  recipient_missing: {
    cause: 'Não se conhece um número de telefone para o qual este canal possa escrever.',
    nextStep: 'Peça ao cliente o número de telefone e salve-o na ficha dele.',
  },
  recipient_invalid: {
    cause: 'O provedor não aceita o número do cliente.',
    nextStep: 'Confira se o número tem o código do país e se não faltam nem sobram dígitos.',
  },
  recipient_not_on_whatsapp: {
    cause: 'O número do cliente não tem WhatsApp.',
    nextStep: 'Confira o número ou fale com o cliente por outro meio.',
  },
  recipient_unreachable: {
    cause:
      'O WhatsApp não conseguiu entregar a mensagem: o cliente não tem WhatsApp, usa uma versão antiga ou não aceitou os termos.',
    nextStep: 'Confira o número e peça ao cliente que atualize o WhatsApp ou que escreva primeiro.',
  },
  recipient_is_sender: {
    cause: 'O destinatário é o mesmo número que envia.',
    nextStep: 'Escreva para outro número.',
  },
  recipient_not_in_test_list: {
    cause: 'O número de teste só pode escrever para os telefones da lista, e este não está nela.',
    nextStep: 'Adicione o telefone à lista de destinatários de teste na Meta ou use um número real.',
  },
  recipient_identity_changed: {
    cause: 'A identidade do cliente no WhatsApp mudou e a verificação pedida não coincide.',
    nextStep: 'Confirme com o cliente que é a mesma pessoa antes de continuar.',
  },
  country_restricted: {
    cause: 'O WhatsApp não permite que esta conta escreva a clientes deste país.',
    nextStep: 'Fale com o cliente por outro meio. Consulte na Meta as regras do seu ramo para esse país.',
  },
  consent_missing: {
    cause: 'O cliente não aceitou receber mensagens deste aplicativo, ou pediu para não recebê-las.',
    nextStep: 'Espere que o cliente escreva ou peça a permissão dele por outro meio.',
  },
  opted_out: {
    cause: 'O cliente pediu para não receber mensagens e o modelo não saiu.',
    nextStep: 'Respeite o pedido. Se ele escrever, pode responder; se escrever ALTA, volta a aceitar.',
  },
  consent_unknown: {
    cause: 'Não foi possível consultar se o cliente aceita mensagens, e o modelo espera.',
    nextStep: 'Tenta-se de novo sozinho em segundos.',
  },
  window_closed: {
    cause: 'Passaram mais de 24 horas desde a última mensagem do cliente, e o WhatsApp não aceita mais texto livre.',
    nextStep: 'Envie um modelo aprovado. Quando o cliente responder, será possível escrever livremente.',
  },
  marketing_limited: {
    cause: 'O WhatsApp limita quanta publicidade cada pessoa recebe, e este cliente chegou ao limite.',
    nextStep: 'Não a reenvie hoje. Espere ao menos 24 horas ou que o cliente escreva.',
  },
  marketing_stopped: {
    cause: 'O cliente pediu para não receber publicidade da sua empresa.',
    nextStep: 'Não envie mais publicidade a ele. É possível responder quando ele escrever.',
  },
  marketing_experiment: {
    cause: 'O WhatsApp não entregou esta mensagem de publicidade porque o cliente está em um grupo de teste da Meta.',
    nextStep: 'Não a reenvie: também não chegaria. Se for importante, use outro meio. Esta mensagem não é cobrada.',
  },
  message_malformed: {
    cause: 'O provedor diz que falta um dado na mensagem ou que um dado não é válido.',
    nextStep: 'Escreva a mensagem de outra forma. Se voltar a acontecer, envie ao suporte o percurso desta mensagem.',
  },
  message_unsupported: {
    cause: 'O WhatsApp não permite ver ou enviar este tipo de mensagem por este meio.',
    nextStep: 'Se for uma mensagem do cliente, peça que a envie de outra forma, por exemplo como texto ou foto.',
  },
  kind_not_supported: {
    cause: 'Este número não pode enviar este tipo de mensagem.',
    nextStep: 'Envie de outra forma ou de outro número.',
  },
  caption_not_supported: {
    cause: 'O WhatsApp não aceita texto junto de um áudio.',
    nextStep: 'Envie o áudio e o texto em duas mensagens.',
  },
  flow_blocked: {
    cause: 'O formulário do WhatsApp desta mensagem está bloqueado por causa da qualidade.',
    nextStep: 'Corrija o formulário no Gerenciador do WhatsApp e publique-o de novo.',
  },
  flow_rate_limited: {
    cause: 'O formulário do WhatsApp desta mensagem chegou ao limite de envios.',
    nextStep: 'Não faça nada: será tentado de novo. Confira a qualidade do formulário no Gerenciador do WhatsApp.',
  },
  media_download_failed: {
    cause: 'Não foi possível baixar o arquivo do provedor.',
    nextStep: 'Tenta-se várias vezes. Se não aparecer, peça ao cliente que o envie de novo, em um tamanho menor.',
  },
  media_upload_failed: {
    cause: 'O WhatsApp não aceitou o arquivo: o formato não é válido ou está danificado.',
    nextStep: 'Converta-o para um formato aceito (JPG, PNG, PDF, MP3, OGG) e envie-o de novo.',
  },
  media_link_unreadable: {
    cause: 'O provedor não conseguiu ler o arquivo no endereço que recebeu.',
    nextStep: 'Tente a mensagem de novo. Se voltar a acontecer, confira se o endereço público do sistema abre na internet.',
  },
  media_over_limit: {
    cause: 'O arquivo é maior do que o WhatsApp aceita.',
    nextStep: 'Diminua o arquivo e envie-o de novo. Uma imagem pode ter 5 MB; um áudio, 16 MB.',
  },
  media_gone: {
    cause: 'O arquivo não está mais no provedor: venceu ou foi apagado.',
    nextStep: 'Peça ao cliente que o envie de novo.',
  },
  media_damaged: {
    cause: 'O arquivo chegou danificado ou alterado no caminho, e não é mostrado.',
    nextStep: 'Tenta-se outra vez. Se não aparecer, peça ao cliente que o envie de novo.',
  },
  media_phone_away: {
    cause: 'O WhatsApp já não guarda o arquivo, e o telefone do número está desligado ou sem internet.',
    nextStep: 'Ligue o telefone do número e toque em Buscar de novo.',
  },
  media_not_ready: {
    cause: 'Ainda não foi possível ler o arquivo do nosso armazenamento.',
    nextStep: 'Não faça nada: será tentado de novo.',
  },
  media_host_refused: {
    cause: 'O endereço do arquivo não pertence ao provedor, por isso não foi aberto.',
    nextStep: 'Peça ao cliente que o envie de novo. Se voltar a acontecer, avise o suporte: alguém pode ter falsificado o aviso.',
  },
  template_not_found: {
    cause: 'O modelo não existe na conta com esse nome e idioma, ou não coincide com o aprovado.',
    nextStep: 'Atualize a lista de modelos e escolha um aprovado nesse idioma.',
  },
  template_params_count: {
    cause: 'A quantidade de dados enviados não é a que o modelo pede.',
    nextStep: 'Atualize a lista de modelos e preencha todos os campos.',
  },
  template_params_format: {
    cause:
      'Um dado do modelo tem um formato que o WhatsApp não aceita, por exemplo uma quebra de linha ou vários espaços seguidos.',
    nextStep: 'Escreva cada dado em uma só linha, sem tabulações nem espaços repetidos, e envie de novo.',
  },
  template_too_long: {
    cause: 'O texto do modelo com os dados é longo demais.',
    nextStep: 'Encurte os dados e envie de novo.',
  },
  template_policy: {
    cause: 'O conteúdo do modelo não cumpre as políticas do WhatsApp.',
    nextStep: 'Mude o texto do modelo e peça a aprovação de novo.',
  },
  template_paused: {
    cause: 'O WhatsApp pausou o modelo porque vários clientes o bloquearam ou denunciaram.',
    nextStep: 'Use outro modelo. Melhore o texto deste ou espere o fim da pausa.',
  },
  template_disabled: {
    cause: 'O WhatsApp desativou o modelo depois de várias pausas por má qualidade.',
    nextStep: 'Crie um novo modelo com outro texto e use-o.',
  },
  templates_off: {
    cause: 'O envio de modelos está desligado no aplicativo do provedor.',
    nextStep: 'Ative-o na configuração do aplicativo do provedor e envie de novo.',
  },
  template_needs_phone: {
    cause: 'Este modelo de código de acesso só pode ir para um número de telefone, e do cliente só se conhece o nome de usuário.',
    nextStep: 'Peça ao cliente o número de telefone.',
  },
  ...CALLS_PT,
  ...POLICY_PT,
  ...SESSIONS_PT,
  ...PORTALS_PT,
  unknown_provider_error: {
    cause: 'O provedor recusou a ação com um código que ainda não conhecemos.',
    nextStep: 'Procure o código na ajuda do provedor ou envie ao suporte o percurso desta mensagem.',
  },
}
