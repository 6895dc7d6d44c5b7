package io.signalbox.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.signalbox.journey.Outside.Said;
import io.signalbox.protocol.Json;
import jakarta.mail.internet.MimeMessage;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Links in mails and cards: looking decides nothing, a click decides once, as who they are for. */
class LinkJourney {
  private static final Pattern LINK = Pattern.compile("http://127.0.0.1:7420(/v1/links/\\S+)");
  private static final GreenMail MAIL =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

  @RegisterExtension
  static final LiveGateway GATEWAY =
      new LiveGateway(
          """
          signalbox.runtime.notifications { look-interval = 100 ms, retry-shortest = 100 ms }
          signalbox.agents.hands.secrets.values.mail-password = "post-office"
          """);

  private final Client admin = GATEWAY.client();
  private final Client anybody = admin.as("");

  @BeforeAll
  static void open() {
    MAIL.setUser("gate@example.com", "gate", "post-office");
    MAIL.start();
  }

  @AfterAll
  static void close() {
    MAIL.stop();
  }

  private void channel(String name) throws Exception {
    admin
        .put(
            "/v1/channels/" + name,
            """
            kind: email
            people: [{address: olga@example.com, principal: 'user:olga', roles: [officer]},
                     {address: otto@example.com, principal: 'user:otto', roles: [officer]}]
            config: {host: 127.0.0.1, port: %d, security: none, from: gate@example.com,
                     username: gate, password: mail-password}
            """
                .formatted(MAIL.getSmtp().getPort()))
        .expect(201);
  }

  /** The path of the link in the mail to this person about this approval. */
  private static String link(String to, String about) throws Exception {
    List<String> found =
        Eventually.get(
            "a mail to " + to + " about " + about,
            () ->
                Arrays.stream(MAIL.getReceivedMessages())
                    .map(LinkJourney::text)
                    .filter(it -> it.contains("To: " + to) && it.contains(about))
                    .toList(),
            it -> !it.isEmpty());
    assertThat(found).hasSize(1);
    Matcher link = LINK.matcher(found.getFirst());
    assertThat(link.find()).as(found.getFirst()).isTrue();
    return link.group(1);
  }

  private static String text(MimeMessage mail) {
    try {
      return "To: "
          + mail.getAllRecipients()[0]
          + "\n"
          + mail.getSubject()
          + "\n"
          + mail.getContent();
    } catch (jakarta.mail.MessagingException | java.io.IOException e) {
      throw new AssertionError(e);
    }
  }

  private Client.Reply form(String link, String body) throws Exception {
    return anybody.send("POST", link, body, "Content-Type", "application/x-www-form-urlencoded");
  }

  private String asks(String name, String with) throws Exception {
    admin.deploy(
        name,
        "do: [{sign: {call: approval, with: {title: 'Sign %s <b>', approvers: ['role:officer'], %s}}}]"
            .formatted(name, with));
    Client rita = admin.keyFor("user:rita", "clerk");
    return rita.start(name, "");
  }

  @Test
  void aLinkDecidesOnceByItsFormAndNeverByLooking() throws Exception {
    channel("mail");
    String run = asks("letter", "notify: [mail], reasonRequired: true, quorum: 2");
    String link = link("olga@example.com", "Sign letter");
    String other = link("otto@example.com", "Sign letter");
    assertThat(link).isNotEqualTo(other);
    for (int i = 0; i < 3; i++) {
      Client.Reply page = anybody.get(link).expect(200);
      assertThat(page.response().body())
          .contains("Sign letter &lt;b&gt;", "You decide as", "user:olga", "user:rita", "Deadline")
          .doesNotContain("<script");
      assertThat(page.header("Content-Security-Policy")).contains("default-src 'none'");
    }
    anybody.send("HEAD", link, "").expect(200);
    assertThat(admin.run(run).path("status").asText()).isEqualTo("waiting");
    // without the reason that is needed, and with a word that is no decision
    assertThat(form(link, "decision=approve&reason=").expect(422).response().body())
        .contains("needs a reason");
    form(link, "decision=perhaps&reason=x").expect(200);
    // a link that somebody made up, or changed by one character
    char last = link.charAt(link.length() - 2);
    String forged =
        link.substring(0, link.length() - 2)
            + (last == 'A' ? 'B' : 'A')
            + link.charAt(link.length() - 1);
    assertThat(anybody.get(forged).expect(404).response().body()).contains("not valid");
    form(forged, "decision=approve&reason=x").expect(404);
    form(other.replaceAll("\\..*", link.substring(link.indexOf('.'))), "decision=approve&reason=x")
        .expect(404);

    assertThat(form(link, "decision=approve&reason=read+it").expect(200).response().body())
        .contains("Others have to agree");
    assertThat(form(link, "decision=approve&reason=again").expect(410).response().body())
        .contains("has been used");
    assertThat(anybody.get(link).expect(410).response().body()).contains("has been used");
    assertThat(admin.run(run).path("status").asText()).isEqualTo("waiting");
    form(other, "decision=approve&reason=me+too").expect(200);
    JsonNode decisions = admin.completed(run).at("/output/decisions");
    assertThat(decisions.findValuesAsText("by")).containsExactly("user:olga", "user:otto");
    assertThat(decisions.findValuesAsText("via")).containsExactly("link:mail", "link:mail");
    Gates.audited(GATEWAY.database(), "approval-link-invalid");
    Gates.audited(GATEWAY.database(), "approval-link-used");
    Gates.audited(GATEWAY.database(), "approval-422", "user:olga", "link:mail");
  }

  @Test
  void aLinkIsNoGoodOnceItsTimeIsOverOrTheQuestionIs() throws Exception {
    channel("brief");
    String run = asks("short", "notify: [brief], expires: PT4S");
    String link = link("olga@example.com", "Sign short");
    admin.completed(run);
    Eventually.get("the link has expired", () -> anybody.get(link).status(), it -> it == 410);
    form(link, "decision=approve").expect(410);
    Gates.audited(GATEWAY.database(), "approval-link-expired");
    String settled = asks("settled", "notify: [brief]");
    String late = link("otto@example.com", "Sign settled");
    String approval = admin.waiting(settled, "approval").at("/waitingFor/0/id").asText();
    admin
        .keyFor("user:olga", "officer")
        .post("/v1/approvals/" + approval + "/decisions", "{decision: reject}")
        .expect(200);
    assertThat(anybody.get(late).expect(410).response().body()).contains("settled");
    form(late, "decision=approve").expect(409);
    Gates.audited(GATEWAY.database(), "approval:" + approval, "approval-409", "link:brief");
    assertThat(admin.completed(settled).at("/output/decision").asText()).isEqualTo("reject");
  }

  @Test
  void aLinkIsForTheArgumentsThatItsReaderSaw() throws Exception {
    channel("edits");
    try (Outside outside = Outside.open().on("/send", _ -> Said.json(200, "{}"))) {
      admin
          .put(
              "/v1/tools/send",
              """
              kind: http
              description: Sends
              risk: write
              parameters: {type: object, properties: {n: {type: integer, maximum: 9}}}
              approvers: ['role:officer']
              approval: {quorum: 2, notify: [edits]}
              config: {method: post, url: '%s/send'}
              """
                  .formatted(outside.url()))
          .expect(201);
      Client cole = admin.keyFor("user:cole", "clerk");
      JsonNode held = cole.post("/v1/tools/send/call", "{arguments: {n: 3}}").expect(202).json();
      String id = held.path("approvalId").asText();
      String link = link("otto@example.com", held.path("run").asText());
      Client olga = admin.keyFor("user:olga", "officer");
      String decisions = "/v1/approvals/" + id + "/decisions";
      olga.post(decisions, "{decision: approve, arguments: {n: 10}}").problem(422);
      olga.post(decisions, "{decision: approve, arguments: {n: 4}}").expect(200);
      assertThat(anybody.get(link).expect(410).response().body()).contains("changed");
      form(link, "decision=approve").expect(409);
      Gates.audited(
          GATEWAY.database(), "approval:" + id, "user:otto", "link:edits", "approval-409");
      assertThat(outside.received("/send")).isEmpty();
      Client otto = admin.keyFor("user:otto", "officer");
      otto.post(decisions, "{decision: approve, argumentsHash: 'sha256:00'}").problem(409);
      otto.post(decisions, "{decision: approve}").expect(200);
      admin.completed(held.path("run").asText());
      assertThat(outside.received("/send")).hasSize(1);
      assertThat(outside.received("/send").getFirst().body()).isEqualTo("{\"n\":4}");
    }
  }

  @Test
  void aStandingGrantLetsWhatItCoversThroughAndIsOnRecord() throws Exception {
    try (Outside outside = Outside.open().on("/post", _ -> Said.json(200, "{}"))) {
      admin
          .put(
              "/v1/tools/post",
              """
              kind: http
              description: Posts
              risk: write
              approvers: ['role:officer']
              config: {method: post, url: '%s/post'}
              """
                  .formatted(outside.url()))
          .expect(201);
      Client cole = admin.keyFor("user:cole", "clerk");
      cole.put("/v1/grants/g", "{tool: post, arguments: {}, until: '2099-01-01T00:00:00Z'}")
          .problem(403);
      admin
          .put(
              "/v1/grants/small",
              "{tool: post, arguments: {n: {maximum: 5}}, until: '2099-01-01T00:00:00Z'}")
          .expect(201);
      String run =
          Eventually.get(
                  "the grant is known",
                  () -> cole.post("/v1/tools/post/call", "{arguments: {n: 5}}"),
                  it -> it.status() == 200)
              .json()
              .path("run")
              .asText();
      assertThat(
              Json.MAPPER
                  .valueToTree(admin.get("/v1/runs/" + run + "/history").expect(200).json())
                  .toString())
          .contains("approval.granted", "\"grant\":\"small\"", "user:admin");
      cole.post("/v1/tools/post/call", "{arguments: {n: 6}}").expect(202);
      admin.send("DELETE", "/v1/grants/small", "").expect(204);
      Eventually.get(
          "the grant is over",
          () -> cole.post("/v1/tools/post/call", "{arguments: {n: 5}}").status(),
          it -> it == 202);
    }
  }
}
