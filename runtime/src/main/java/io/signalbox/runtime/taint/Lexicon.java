package io.signalbox.runtime.taint;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The words by which people ask for effects and name what they are about, in the languages that
 * most ask in. A word ending in {@code *} stands for all that begin so. Missing words cost a
 * question to a person, never a silent effect: a call is let through for words that are there.
 */
final class Lexicon {
  /** Words that are more often names of things than orders; see {@link Clauses}. */
  private static final Set<String> NOUNS =
      Words.set(
          ("mail email mails emails message messages text texts post posts answer answers comment"
              + " comments review reviews note notes record records report reports order orders"
              + " share shares bill bills book books file files label labels tag tags star stars"
              + " flag block blocks run runs test tests build builds set sets change changes fix"
              + " fixes update updates reply replies response responses invite invites"
              + " invitation schedule schedules plan draft drafts log logs contact call calls"
              + " charge charges refund refunds transfer transfers payment payments tip"
              + " tweet tweets move copy close open form start stop play lock light wire issue"
              + " issues commit push pull merge request requests ping save add purchase"
              + " purchases donation booking bookings reservation approval like likes vote"
              + " rate rates archive release branch dm dms slack correo mensaje pago nachricht"
              + " antwort termin zahlung write export import print sign answer publication"
              + " present show store stores table document title subject respond approve"
              + " accept cancellation appointment reminder alarm subscription summary buy sell"));

  private static final Map<String, Set<Effect>> EFFECTS = new HashMap<>();
  private static final Map<String, Set<Topic>> TOPICS = new HashMap<>();

  static {
    effect(
        Effect.SEND,
        "send sent mail email e-mail forward fwd reply respond answer message text dm notify inform"
            + " tell let alert ping slack post publish announce tweet write drop shoot cc contact"
            + " say thank thanks congratulate apologize apologise confirm ask remind deliver submit"
            + " broadcast comment write response draft compose relay pass fax whatsapp shar* get"
            + " acknowledge invite update report upload warn brief greet call phone dial ring"
            + " send* schick* sende* verschick* weiterleit* leite antwort* schreib* benachrichtig*"
            + " informier* teile mitteil* sag poste veroffentlich* bestatig*"
            + " envia* envie* manda mandar mande respond* contest* escrib* reenvi* notific* avisa avise publi* di dile"
            + " envoy* envoi* repond* transmet* transmett* ecri* prevenir previen* inform* dis dites"
            + " invia* inviare rispond* scriv* inoltr* avvis* manda* pubblic*"
            + " encaminh* escrev* avisa* stuur* antwoord* schrijf* doorstur*"
            + " wyslij przeslij odpowiedz отправ* перешл* ответ* напиш* сообщи* gonder* ilet* yanitla*"
            + " kirim skicka");
    effect(
        Effect.PAY,
        "pay paid transfer wire remit settle refund reimburse tip donate deposit withdraw payment"
            + " venmo paypal charge payout send_money money funds owe top topup"
            + " uberweis* bezahl* zahl* begleich* erstatt* spende spenden"
            + " paga* pague* transfier* transfer* abona* reembols*"
            + " paye* payer virer vire* rembours* regler regle versare bonific* pagar betaal* maak"
            + " zaplac* przelej przelew* оплат* перевед* заплат* odeme havale");
    effect(
        Effect.DELETE,
        "delete remove erase wipe purge trash discard clear cancel revoke unsubscribe uninstall"
            + " clean rid terminate undo empty destroy truncate"
            + " losch* entfern* storn* abbestell* kundig* absag* sag leer*"
            + " borr* elimin* cancel* quita* supprim* efface* annul* enleve* rimuov* cancell*"
            + " apag* exclu* remov* verwijder* annuleer* usun* skasuj удал* отмен* сотр* sil iptal");
    effect(
        Effect.CREATE,
        "create add make set schedule book put open file new generate build draft write set-up setup"
            + " register start launch insert plan arrange block remind reminder enter log prepare"
            + " organize organise raise spin reserve compose duplicate copy report post propose"
            + " erstell* anleg* leg lege trag trage eintrag* plan* richte erzeug* mach mache fug fuge"
            + " erinner* crea crear cree creez agrega* anade* programa* agenda* pon recuerd* haz"
            + " ajout* planifi* creer mets rappel* aggiung* fissa* prenota* cria criar adicion* marcar"
            + " maak voeg plan* utworz dodaj zaplanuj созда* добав* заплан* запис* olustur ekle");
    effect(
        Effect.UPDATE,
        "update change modify edit set reschedule rename correct replace adjust fix move postpone"
            + " shift increase decrease raise lower extend patch amend revise convert enable disable"
            + " switch reset close resolve assign reassign mark complete finish add refactor"
            + " implement bump upgrade downgrade push delay swap put rotate sync improve format"
            + " rewrite clean reduce apply configure fill cancel tick check prioriti* migrate sort"
            + " ander* aktualisier* verschieb* setze setzen korrigier* anpass* passe umbenenn* ersetz*"
            + " cambia* actualiz* modific* reprograma* mueve marcar corrig*"
            + " modifi* chang* mets mettre deplac* reporter renomm* aggiorn* modific* spost* cambi*"
            + " atualiz* alterar mudar mude wijzig* verplaats* pas zmien zaktualizuj измен* обнов* перенес*"
            + " guncelle degistir");
    effect(
        Effect.SAVE,
        "save store write note log record append create export download put draft jot file document"
            + " remember add keep copy dump collect compile capture paste generate update fix"
            + " refactor implement edit make produce prepare translate convert summarize_to output"
            + " speicher* schreib* notier* merk* ablag* leg lege guard* anot* escrib* enregistr*"
            + " sauvegard* noter salva* scriv* opslaan bewaar zapisz сохран* запиш* kaydet");
    effect(
        Effect.SHARE,
        "share grant give access permission publish upload invite expose unshare allow collaborate"
            + " send forward make add"
            + " teil* freigeb* gib gewahr* compart* concede* da partag* donne* condivid*"
            + " partilh* compartilh* deel geef udostepnij подел* предостав* paylas");
    effect(
        Effect.INVITE,
        "invite add include onboard enroll enrol bring ask cc schedule assign join welcome set"
            + " einlad* lad lade fug fuge invit* anade* agrega* ajout* aggiung* convid* nodig zapros"
            + " приглас* davet");
    effect(
        Effect.BUY,
        "buy book order purchase reserve get rent checkout reorder subscribe renew make hire cart"
            + " kauf* bestell* buch* reservier* compra* compre* reserv* achet* command* ordin*"
            + " acquist* prenot* encomend* koop bestel boek kup zamow zarezerwuj куп* закаж*"
            + " заброн* satin rezerve");
    effect(
        Effect.RUN,
        "run execute deploy restart rerun build test compile rollback ship release migrate install"
            + " start stop launch trigger invoke fix publish reboot scale kick check verify backup"
            + " query starte fuhr* ausfuhr* ejecut* despleg* execut* lance* deploi* esegu* lanci*");
    effect(
        Effect.APPROVE,
        "merge approve close reject accept confirm sign resolve grant decline verify finalize review"
            + " complete certify release reopen"
            + " genehmig* freigeb* schliess* bestatig* aprueb* aprob* cierr* approuv* ferm* approv*"
            + " chiud* aprov*");
    effect(
        Effect.MOVE,
        "move archive label tag sort file flag star mark unstar pin unpin organize organise snooze"
            + " put categorize categorise group transfer copy clean tidy rename assign drag"
            + " verschieb* archivier* markier* sortier* archiv* mueve mover marcar etiquet* deplac*"
            + " classer spost* organi* verplaats*");
    effect(
        Effect.CONTROL,
        "turn switch dim lock unlock play pause start stop set open close arm disarm heat cool lower"
            + " raise adjust activate deactivate skip mute brew charge vacuum preheat enable disable"
            + " schalt* stell* mach mache spiel* offne* schliess* enciend* apag* sube baja pon"
            + " allum* eteins* accend* spegn*");
    effect(
        Effect.RESPOND,
        "rsvp accept decline respond reply answer confirm attend join reject register sign vote fill"
            + " submit rate review dispute claim book enter check zusag* absag* akzept* annimm*"
            + " acept* confirm* rechaz* accepte* refus* accett*");
    effect(
        Effect.FOLLOW,
        "follow like star watch subscribe rate upvote block mute ban connect unfollow report"
            + " unsubscribe favorite favourite review abonnier* abonn* sigu* suiv* iscriv*");

    topic(
        Topic.MAIL,
        "mail mails email emails e-mail inbox mailbox thread newsletter* gmail correo*"
            + " posteingang courriel* courrier* posta send_email smtp spam outbox draft* письм* почт*");
    topic(
        Topic.CHAT,
        "slack channel* chat* dm dms message* teams discord telegram whatsapp sms text"
            + " room group nachricht* kanal mensaje* canal messaggi* mensage* bericht сообщен* чат*");
    topic(
        Topic.CALENDAR,
        "calendar* event events meeting* appointment* schedule* invit* reminder*"
            + " agenda remind call sync standup slot dentist lunch dinner termin* kalender* besprechung*"
            + " reunion* cita evento* rendez* calendrier riunion* appuntament* встреч* календар*"
            + " availab* rsvp deadline session interview workshop holiday vacation birthday alarm task"
            + " todo todos");
    topic(
        Topic.MONEY,
        "money payment* bank banking invoice* bill bills iban transfer* rent salary"
            + " fund funds account transaction* refund* subscription pay paid owe fee fees eur usd euro*"
            + " dollar* balance standing_order donation* tip payroll cost costs price budget expense*"
            + " rechnung* zahlung* konto miete uberweis* factura* pago* pagar transferencia* alquiler"
            + " facture* paiement* virement* loyer fattur* pagament* affitto fatura* aluguel rekening"
            + " huur счет* оплат* payout reimbursement* wallet crypto");
    topic(
        Topic.FILE,
        "file files document* doc docs folder* drive pdf sheet* spreadsheet* report*"
            + " note notes notebook slide* deck presentation csv txt md wiki page draft minutes list"
            + " contract* backup* attachment* directory upload* summary table journal diary todo readme"
            + " datei* dokument* ordner notiz* bericht* tabelle archivo* documento* carpeta nota*"
            + " informe fichier* dossier* rapport* cartella file* relazione bestand* файл* документ*");
    topic(
        Topic.ISSUE,
        "issue* ticket* bug* jira task* story epic incident* case cases request* pr"
            + " prs backlog todo kanban board card* aufgabe* tarea* tache* support complaint* helpdesk");
    topic(
        Topic.CODE,
        "repo* branch* commit* code pull merge pr prs build* test* deploy* pipeline ci"
            + " release* function class module script* log logs server service config* database sql"
            + " package* dependenc* docker container* workflow lint* bug* production staging env"
            + " readme changelog version* gem cluster pod");
    topic(
        Topic.TRAVEL,
        "hotel* flight* restaurant* car taxi trip travel reservation* booking* table"
            + " room rental train ticket* airbnb itinerar* vuelo* vol hotels flug zug viaje");
    topic(
        Topic.SHOP,
        "order* cart product* item* purchase* shop* basket delivery return* coupon"
            + " grocer* bestellung* pedido* commande* ordine* amazon subscription*");
    topic(
        Topic.ACCOUNT,
        "user users account* password* profile permission* role* setting* access"
            + " login credential* key keys token* member* group* team admin* address 2fa mfa username"
            + " policy rule rules filter* forwarding preference* passwort benutzer* usuario* mot"
            + " utilisateur* utent*");
    topic(
        Topic.HOME,
        "light* lamp* thermostat* door* heat* temperature alarm music speaker* tv"
            + " blinds garage oven vacuum lock licht* heizung* luz lumier* luce camera kitchen bedroom"
            + " degrees coffee playlist song volume");
    topic(
        Topic.WEB,
        "web website* page* site* url* link* article* blog post* web_page http https"
            + " browse* www form webhook seite* artikel pagina* enlace* lien* articolo sito");
    topic(
        Topic.SOCIAL,
        "post* tweet* review* comment* feed linkedin twitter facebook instagram"
            + " follower* like* profile story thread rating* forum reddit mastodon beitrag");
    topic(
        Topic.CONTACT,
        "contact* address* phone* crm customer* lead* client* person people lead"
            + " kontakt* contacto* customers deal*");
    topic(
        Topic.DATA,
        "database* table* row* record* sql query dataset* entry entries column*"
            + " inventory stock crm dashboard field*");
  }

  private Lexicon() {}

  private static void effect(Effect effect, String words) {
    for (String word : words.split(" ", -1)) {
      EFFECTS.computeIfAbsent(word, _ -> EnumSet.noneOf(Effect.class)).add(effect);
    }
  }

  private static void topic(Topic topic, String words) {
    for (String word : words.split(" ", -1)) {
      TOPICS.computeIfAbsent(word, _ -> EnumSet.noneOf(Topic.class)).add(topic);
    }
  }

  static Set<Effect> effects(String token) {
    return look(EFFECTS, token, EnumSet.noneOf(Effect.class));
  }

  static Set<Topic> topics(String token) {
    return look(TOPICS, token, EnumSet.noneOf(Topic.class));
  }

  /** Whether the word is a thing unless it stands where an order stands. */
  static boolean noun(String token) {
    return NOUNS.contains(token);
  }

  private static <E extends Enum<E>> Set<E> look(
      Map<String, Set<E>> words, String token, EnumSet<E> none) {
    EnumSet<E> found = EnumSet.copyOf(none);
    found.addAll(words.getOrDefault(token, Set.of()));
    found.addAll(words.getOrDefault(Words.stem(token), Set.of()));
    if (token.endsWith("ing")) {
      found.addAll(words.getOrDefault(Words.stem(token) + "e", Set.of()));
    }
    for (int length = token.length(); length >= 3; length--) {
      found.addAll(words.getOrDefault(token.substring(0, length) + "*", Set.of()));
    }
    return found;
  }
}
