-- What messages cost. Nothing here belongs to a company; what operators do with it: 236_rates.sql.

do $$
begin
  grant select, insert, update on rate to app_system;
end $$;

/* What was valid once never changes: only one that still lies ahead is taken back. */
create or replace function rate_stays() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or to_jsonb(new) - 'retired_at' is distinct from to_jsonb(old) - 'retired_at' or old.retired_at is not null or old.valid_from <= now() then
    raise exception 'a rate that was valid never changes' using errcode = 'LG001';
  end if;
  return new;
end $$;
create or replace trigger rate_stays before update or delete on rate for each row execute function rate_stays();

/*
 * The country that a message to somebody is priced by: of a phone's calling code, the longest that fits (+1 and +7 are shared), else of
 * a BSUID's beginning; `*` where neither is known.
 */
create or replace function market_of(receiver text) returns text language sql immutable parallel safe as $$
  select case when receiver ~ '^[A-Z]{2}[.]' then left(receiver, 2) else coalesce(c.code ->> left(receiver, 4), c.code ->> left(receiver, 3),
    c.code ->> left(receiver, 2), c.code ->> left(receiver, 1), '*') end
  from (select '{
    "1":"US","7":"RU","76":"KZ","77":"KZ","20":"EG","27":"ZA","30":"GR","31":"NL","32":"BE","33":"FR","34":"ES","36":"HU","39":"IT","40":"RO",
    "41":"CH","43":"AT","44":"GB","45":"DK","46":"SE","47":"NO","48":"PL","49":"DE","51":"PE","52":"MX","53":"CU","54":"AR","55":"BR","56":"CL",
    "57":"CO","58":"VE","60":"MY","61":"AU","62":"ID","63":"PH","64":"NZ","65":"SG","66":"TH","81":"JP","82":"KR","84":"VN","86":"CN","90":"TR",
    "91":"IN","92":"PK","93":"AF","94":"LK","95":"MM","98":"IR","211":"SS","212":"MA","213":"DZ","216":"TN","218":"LY","220":"GM","221":"SN",
    "222":"MR","223":"ML","224":"GN","225":"CI","226":"BF","227":"NE","228":"TG","229":"BJ","230":"MU","231":"LR","232":"SL","233":"GH","234":"NG",
    "235":"TD","236":"CF","237":"CM","238":"CV","239":"ST","240":"GQ","241":"GA","242":"CG","243":"CD","244":"AO","245":"GW","246":"IO","248":"SC",
    "249":"SD","250":"RW","251":"ET","252":"SO","253":"DJ","254":"KE","255":"TZ","256":"UG","257":"BI","258":"MZ","260":"ZM","261":"MG","262":"RE",
    "263":"ZW","264":"NA","265":"MW","266":"LS","267":"BW","268":"SZ","269":"KM","290":"SH","291":"ER","297":"AW","298":"FO","299":"GL","350":"GI",
    "351":"PT","352":"LU","353":"IE","354":"IS","355":"AL","356":"MT","357":"CY","358":"FI","359":"BG","370":"LT","371":"LV","372":"EE","373":"MD",
    "374":"AM","375":"BY","376":"AD","377":"MC","378":"SM","380":"UA","381":"RS","382":"ME","383":"XK","385":"HR","386":"SI","387":"BA","389":"MK",
    "420":"CZ","421":"SK","423":"LI","500":"FK","501":"BZ","502":"GT","503":"SV","504":"HN","505":"NI","506":"CR","507":"PA","508":"PM","509":"HT",
    "590":"GP","591":"BO","592":"GY","593":"EC","594":"GF","595":"PY","596":"MQ","597":"SR","598":"UY","599":"CW","670":"TL","672":"NF","673":"BN",
    "674":"NR","675":"PG","676":"TO","677":"SB","678":"VU","679":"FJ","680":"PW","681":"WF","682":"CK","683":"NU","685":"WS","686":"KI","687":"NC",
    "688":"TV","689":"PF","690":"TK","691":"FM","692":"MH","850":"KP","852":"HK","853":"MO","855":"KH","856":"LA","880":"BD","886":"TW","960":"MV",
    "961":"LB","962":"JO","963":"SY","964":"IQ","965":"KW","966":"SA","967":"YE","968":"OM","970":"PS","971":"AE","972":"IL","973":"BH","974":"QA",
    "975":"BT","976":"MN","977":"NP","992":"TJ","993":"TM","994":"AZ","995":"GE","996":"KG","998":"UZ","1787":"PR","1939":"PR","1671":"GU",
    "1340":"VI","1684":"AS","1670":"MP","1204":"CA","1226":"CA","1236":"CA","1249":"CA","1250":"CA","1257":"CA","1263":"CA","1289":"CA","1306":"CA",
    "1343":"CA","1354":"CA","1365":"CA","1367":"CA","1368":"CA","1382":"CA","1403":"CA","1416":"CA","1418":"CA","1428":"CA","1431":"CA","1437":"CA",
    "1438":"CA","1450":"CA","1468":"CA","1474":"CA","1506":"CA","1514":"CA","1519":"CA","1548":"CA","1579":"CA","1581":"CA","1584":"CA","1587":"CA",
    "1604":"CA","1613":"CA","1639":"CA","1647":"CA","1672":"CA","1683":"CA","1705":"CA","1709":"CA","1742":"CA","1753":"CA","1778":"CA","1780":"CA",
    "1782":"CA","1807":"CA","1819":"CA","1825":"CA","1867":"CA","1873":"CA","1879":"CA","1902":"CA","1905":"CA","1942":"CA","1242":"BS","1246":"BB",
    "1264":"AI","1268":"AG","1284":"VG","1345":"KY","1441":"BM","1473":"GD","1649":"TC","1658":"JM","1876":"JM","1664":"MS","1721":"SX","1758":"LC",
    "1767":"DM","1784":"VC","1809":"DO","1829":"DO","1849":"DO","1868":"TT","1869":"KN"
  }'::jsonb as code) c
$$;

/* The rate that is valid at a moment: the market's own, else the one for all others (`*`). Null, never zero, where there is none. */
create or replace function rate_at(provider_ text, market_ text, category_ text, currency_ text, at_ timestamptz) returns rate
language sql stable security definer set search_path = pg_catalog, public as $$
  select r from public.rate r
  where r.provider = provider_ and r.market in (market_, '*') and r.category = category_ and r.currency = currency_ and r.valid_from <= at_ and r.retired_at is null
  order by r.market = '*', r.valid_from desc limit 1
$$;

/*
 * What a message to somebody (a phone or a BSUID) costs through our account: the one answer of estimates, holds and charges. While the customer's
 * window is open, a utility template costs what a service message does.
 */
create or replace function message_price(provider_ text, receiver text, category_ text, in_window boolean, currency_ text, at_ timestamptz) returns rate
language sql stable as $$
  select rate_at(provider_, market_of(receiver), case when in_window and category_ = 'utility' then 'service' else category_ end, currency_, at_)
$$;

/* What a number's message is, in the words of rates. */
create or replace function category_of(channel_ uuid, kind_ text, template_ jsonb) returns text language sql stable as $$
  select case when kind_ <> 'template' then 'service' else coalesce((select t.category from public.template t
    where t.channel_id = channel_ and t.name = template_ ->> 'name' and t.language = template_ ->> 'language'), 'marketing') end
$$;

/*
 * By what a message of a chat is priced: who carries it, whose account pays, whom it goes to, what it is, and whether the customer's window is open.
 * A template that we do not know is taken for the dearest.
 */
create or replace function chat_pricing(chat_ uuid, kind_ text, template_ jsonb, out channel_id uuid, out provider text, out who_pays text, out receiver text,
  out category text, out is_open boolean) language sql stable as $$
  select n.id, n.kind, n.who_pays, coalesce(k.phone, (select i.value from public.contact_identity i
      where i.contact_id = k.id and i.kind = 'bsuid' order by i.created_at desc limit 1), ''),
    public.category_of(n.id, kind_, template_), coalesce(x.last_inbound_at > now() - interval '24 hours', false)
  from public.chat x join public.channel n on n.id = x.channel_id join public.contact k on k.id = x.contact_id
  where x.id = chat_ and x.account_id = public.this_account()
$$;

-- What a new installation begins with: list prices of Meta's rate card, a tenth of a cent more for Gupshup's own fee, and a quarter on top for us. Markets that
-- Meta counts as "rest of Latin America" are named one by one. Nobody has confirmed them: the console says so until an operator saves each (236_rates.sql).
-- Meta's own page could not be read. Compared on 2026-11-22 with what others publish: Argentina, Brazil, Chile and Colombia with the card of 2026-10-01
-- (huggingface.co/datasets/tobachat/whatsapp-api-rates, in AED) and with wappbiz.com's of 2026-01-01; the rest of Latin America and all others with docs.sent.dm
-- (2025-07-01). From memory: Mexico, Peru, Spain, North America, authentication_international, and Gupshup's fee. `service` stands at nothing, although several
-- say that Meta charges it as utility since 2026-10-01.
insert into rate (provider, market, category, currency, price, cost, valid_from)
select p.provider, m.market, k.category, 'USD', case when k.category <> 'service' then ceil((k.cost + p.fee) * 1.25 / 100) * 100 else 0 end, k.cost + p.fee,
  timestamptz '2026-01-01Z'
from (values ('meta', 0), ('gupshup', 1000)) p (provider, fee),
  (values ('{*}'::text[], 60400, 7700, 7700), ('{AR}', 61800, 26000, 26000), ('{BR}', 62500, 6800, 6800), ('{CL}', 88900, 20000, 20000), ('{CO}', 12500, 800, 800),
    ('{MX}', 30500, 8500, 8500), ('{PE}', 70300, 20000, 20000), ('{BO,CR,DO,EC,GT,HN,HT,NI,PA,PR,PY,SV,UY,VE}', 74000, 11300, 11300),
    ('{US,CA}', 25000, 3400, 3400), ('{ES}', 61500, 20000, 20000)) c (markets, marketing, utility, authentication)
  cross join lateral unnest(c.markets) m (market)
  cross join lateral (values ('marketing', c.marketing), ('utility', c.utility), ('authentication', c.authentication),
    ('authentication_international', case when m.market = '*' then 65000 end), ('service', case when m.market = '*' then 0 end)) k (category, cost)
where k.cost is not null and not exists (select from rate);

do $$
begin
  alter function rate_at(text, text, text, text, timestamptz) owner to app_system;
  revoke all on function rate_at(text, text, text, text, timestamptz) from public;
  grant execute on function rate_at(text, text, text, text, timestamptz) to app_rw;
end $$;
