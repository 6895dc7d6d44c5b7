package io.signalbox.sandbox;

import static io.signalbox.sandbox.Rig.BASIC;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JiraTest {
  private static final String API = "/jira/rest/api/3";
  private static final String ISSUE =
      """
      {"fields": {"project": {"key": "COMP"}, "issuetype": {"name": "Task"}, "summary": "Look",
        "labels": ["compliance", "signalbox-abc"],
        "description": {"type": "doc", "version": 1, "content": []}},
       "properties": [{"key": "signalbox.key", "value": {"key": "r1-7"}}]}
      """;

  @TempDir private Path data;

  @Test
  void anIssueIsMadeWithPropertiesAndFoundByLabel() throws Exception {
    try (Rig rig = new Rig(data)) {
      var made = rig.post(API + "/issue", ISSUE, "Authorization", BASIC);
      assertThat(made.status()).isEqualTo(201);
      assertThat(made.at("/key")).isEqualTo("COMP-1");
      assertThat(made.json().has("fields")).isFalse();
      var property =
          rig.get(API + "/issue/COMP-1/properties/signalbox.key", "Authorization", BASIC);
      assertThat(property.at("/value/key")).isEqualTo("r1-7");
      var found = search(rig, "project = COMP AND labels = \"signalbox-abc\" ORDER BY created");
      assertThat(found.at("/issues/0/id")).isEqualTo(made.at("/id"));
      assertThat(found.json().at("/issues/0").has("key")).isFalse();
      assertThat(search(rig, "labels in (\"other\", \"more\")").json().at("/issues")).isEmpty();
    }
  }

  @Test
  void aSearchShowsTheFieldsThatAreAskedForAndRefusesWhatJiraRefuses() throws Exception {
    try (Rig rig = new Rig(data)) {
      rig.post(API + "/issue", ISSUE, "Authorization", BASIC);
      var found =
          rig.post(
              API + "/search/jql",
              "{\"jql\": \"labels = compliance\", \"fields\": [\"summary\", \"status\"]}",
              "Authorization",
              BASIC);
      assertThat(found.at("/issues/0/key")).isEqualTo("COMP-1");
      assertThat(found.at("/issues/0/fields/status/name")).isEqualTo("To Do");
      assertThat(search(rig, "order by created").status()).isEqualTo(400);
      assertThat(search(rig, "nonsense = 1").at("/errorMessages/0")).contains("does not exist");
      assertThat(rig.get(API + "/search?jql=x", "Authorization", BASIC).status()).isEqualTo(410);
    }
  }

  @Test
  void aTransitionMovesTheIssueAndAnUnknownOneIsRefused() throws Exception {
    try (Rig rig = new Rig(data)) {
      rig.post(API + "/issue", ISSUE, "Authorization", BASIC);
      String transitions = API + "/issue/COMP-1/transitions";
      assertThat(rig.get(transitions, "Authorization", BASIC).at("/transitions/2/to/name"))
          .isEqualTo("Done");
      var odd = rig.post(transitions, "{\"transition\": {\"id\": \"99\"}}", "Authorization", BASIC);
      assertThat(odd.status()).isEqualTo(400);
      var done =
          rig.post(transitions, "{\"transition\": {\"id\": \"31\"}}", "Authorization", BASIC);
      assertThat(done.status()).isEqualTo(204);
      assertThat(
              rig.get(API + "/issue/COMP-1", "Authorization", BASIC)
                  .at("/fields/status/statusCategory/key"))
          .isEqualTo("done");
    }
  }

  @Test
  void commentsKeepTheirProperties() throws Exception {
    try (Rig rig = new Rig(data)) {
      rig.post(API + "/issue", ISSUE, "Authorization", BASIC);
      String comments = API + "/issue/COMP-1/comment";
      assertThat(rig.post(comments, "{\"body\": \"text\"}", "Authorization", BASIC).status())
          .isEqualTo(400);
      String body =
          """
          {"body": {"type": "doc", "version": 1, "content": []},
           "properties": [{"key": "signalbox.key", "value": "r1-9"}]}
          """;
      assertThat(rig.post(comments, body, "Authorization", BASIC).status()).isEqualTo(201);
      var list = rig.get(comments + "?expand=properties", "Authorization", BASIC);
      assertThat(list.at("/comments/0/properties/0/value")).isEqualTo("r1-9");
    }
  }

  @Test
  void faultsNameTheField() throws Exception {
    try (Rig rig = new Rig(data)) {
      var plain = ISSUE.replace("{\"type\": \"doc\", \"version\": 1, \"content\": []}", "\"text\"");
      assertThat(rig.post(API + "/issue", plain, "Authorization", BASIC).at("/errors/description"))
          .contains("Atlassian Document");
      var spaced = ISSUE.replace("signalbox-abc", "with space");
      assertThat(rig.post(API + "/issue", spaced, "Authorization", BASIC).status()).isEqualTo(400);
      assertThat(rig.post(API + "/issue", ISSUE).status()).isEqualTo(401);
      assertThat(rig.get(API + "/issue/COMP-9", "Authorization", BASIC).status()).isEqualTo(404);
    }
  }

  private static Rig.Reply search(Rig rig, String jql) throws Exception {
    String encoded = URLEncoder.encode(jql, StandardCharsets.UTF_8);
    return rig.get(API + "/search/jql?jql=" + encoded, "Authorization", BASIC);
  }
}
