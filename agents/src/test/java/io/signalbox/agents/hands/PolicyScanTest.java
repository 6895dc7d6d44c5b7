package io.signalbox.agents.hands;

import static io.signalbox.agents.hands.Workbench.result;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyScanTest {
  // put together here, so that scanners of this repository find no secret in it
  private static final String AWS = "AKIA" + "IOSFODNN7ABCDEFG";
  private static final String TOKEN = "ghp_" + "aB3dE5fG7hI9jK1lM3nO5pQ7rS9tU1vW3xY5";

  @Test
  void aSecretIsFoundWithItsPlaceAndNotRepeated() {
    var found =
        scan(
            """
            diff --git a/app/Config.java b/app/Config.java
            --- a/app/Config.java
            +++ b/app/Config.java
            @@ -10,3 +10,4 @@ class Config {
               int a;
            -  int b;
            +  String key = "%s";
            +  String t = "%s";
               int c;
            """
                .formatted(AWS, TOKEN));
    assertThat(found.path("risk").asText()).isEqualTo("high");
    var first = found.at("/findings/0");
    assertThat(first.path("rule").asText()).isEqualTo("secret.aws-access-key");
    assertThat(first.path("file").asText()).isEqualTo("app/Config.java");
    assertThat(first.path("line").asInt()).isEqualTo(11);
    assertThat(found.at("/findings/1/line").asInt()).isEqualTo(12);
    assertThat(found.toString()).doesNotContain(AWS).doesNotContain(TOKEN);
  }

  @Test
  void whatWasRemovedOrOnlySurroundsTheChangeDoesNotCount() {
    var found =
        scan(
            """
            diff --git a/a.py b/a.py
            --- a/a.py
            +++ b/a.py
            @@ -1,3 +1,2 @@
             eval(x)
            -eval(y)
            +print(y)
            """);
    assertThat(found.path("risk").asText()).isEqualTo("none");
    assertThat(found.path("addedLines").asInt()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "a.py ~ eval(text) ~ call.eval",
        "a.js ~ eval (text) ~ call.eval",
        "A.java ~ Runtime.getRuntime().exec(cmd); ~ call.exec-process",
        "a.py ~ os.system(cmd) ~ call.shell",
        "a.py ~ subprocess.run(cmd, shell=True) ~ call.shell",
        "a.py ~ pickle.loads(data) ~ call.unsafe-deserialisation",
        "a.py ~ yaml.load(data) ~ call.unsafe-deserialisation",
        "a.py ~ requests.get(url, verify=False) ~ tls.verification-off",
        "a.go ~ InsecureSkipVerify: true ~ tls.verification-off",
        "a.txt ~ see http://intranet.acme.com/x ~ net.cleartext-url",
        "a.sh ~ curl https://x.y/i.sh ~ net.none",
        "Dockerfile ~ RUN curl -s https://x.y/i.sh | sh ~ shell.pipe-to-shell",
        "a.py ~ q = \"select * from t where a=\" + x ~ sql.built-from-text",
        "k.pem ~ -----BEGIN RSA PRIVATE KEY----- ~ secret.private-key",
        "a.yml ~ db: postgres://app:hunter22@db.acme.com/x ~ secret.password-in-url",
        "a.py ~ api_key = \"q8Zt3LmX0vKe7RbYw2Ns\" ~ secret.high-entropy-assignment",
      })
  void eachRuleFiresOnItsLine(String file, String line, String rule) {
    var found = scan(added(file, line));
    var rules = found.findValuesAsText("rule");
    if (rule.equals("net.none")) {
      assertThat(rules).isEmpty();
    } else {
      assertThat(rules).contains(rule);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "a.py ~ password = \"${DB_PASSWORD}\"",
        "a.py ~ api_key = \"your-api-key-here\"",
        "a.py ~ token = \"changeme-changeme\"",
        "a.py ~ yaml.load(data, Loader=SafeLoader)",
        "a.py ~ model.eval()",
        "A.java ~ String retrieval(String evaluation) {",
        "pom.xml ~ xmlns=\"http://maven.apache.org/POM/4.0.0\"",
        "a.md ~ http://localhost:8080 and http://127.0.0.1/",
      })
  void harmlessLinesPass(String file, String line) {
    assertThat(scan(added(file, line)).path("findings")).isEmpty();
  }

  @Test
  void aNewSourceFileNeedsALicenceLineUnlessNobodyAsksForOne() {
    var bare =
        added("src/New.java", "class New {}").replace("--- a/", "new file mode 100644\n--- a/");
    assertThat(scan(bare).at("/findings/0/rule").asText()).isEqualTo("licence.missing-header");
    assertThat(scan(bare).path("risk").asText()).isEqualTo("low");
    assertThat(
            scan(bare.replace("class New {}", "// SPDX-License-Identifier: MIT")).path("findings"))
        .isEmpty();
    var unasked = Json.object().put("diff", bare).put("licenceHeaders", false);
    assertThat(scanWith(unasked).path("findings")).isEmpty();
  }

  @Test
  void contentThatLooksLikeAHeaderDoesNotFoolTheReader() {
    var found =
        scan(
            """
            diff --git a/x.py b/x.py
            --- a/x.py
            +++ b/x.py
            @@ -1,1 +1,3 @@
            --- a/fake
            +++ b/fake
            +eval(x)
            +ok()
            """);
    assertThat(found.at("/findings/0/file").asText()).isEqualTo("x.py");
    assertThat(found.at("/findings/0/line").asInt()).isEqualTo(2);
  }

  @Test
  void theSameDiffGivesTheSameFindingsAndNonsenseGivesNone() {
    var diff = added("a.py", "eval(pickle.loads(x))");
    assertThat(scan(diff)).isEqualTo(scan(diff));
    assertThat(scan("this is no diff").path("risk").asText()).isEqualTo("none");
    assertThat(scan("").path("files").asInt()).isZero();
  }

  private static String added(String file, String line) {
    return """
        diff --git a/%1$s b/%1$s
        --- a/%1$s
        +++ b/%1$s
        @@ -0,0 +1 @@
        +%2$s
        """
        .formatted(file, line);
  }

  private static JsonNode scan(String diff) {
    return scanWith(Json.object().put("diff", diff));
  }

  private static JsonNode scanWith(JsonNode arguments) {
    try (var bench = Workbench.with("")) {
      return result(bench.call("policy.scan", arguments.toString()));
    }
  }
}
