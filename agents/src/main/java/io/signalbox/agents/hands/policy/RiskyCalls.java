package io.signalbox.agents.hands.policy;

import static io.signalbox.agents.hands.policy.Severity.HIGH;
import static io.signalbox.agents.hands.policy.Severity.LOW;
import static io.signalbox.agents.hands.policy.Severity.MEDIUM;

import java.util.List;

/** Calls that a reviewer would want to see. */
final class RiskyCalls {
  private static final String[] JVM = {"java", "kt", "kts", "scala", "groovy"};
  private static final String[] SCRIPTS = {
    "js", "mjs", "cjs", "ts", "tsx", "jsx", "py", "rb", "php"
  };

  static final List<Rule> ALL =
      List.of(
          Rule.of("call.eval", MEDIUM, "evaluates text as code", "(?<![\\w.])eval\\s*\\(", SCRIPTS),
          Rule.of(
              "call.exec-process",
              MEDIUM,
              "starts a process",
              "Runtime\\s*\\.\\s*getRuntime\\s*\\(\\s*\\)\\s*\\.\\s*exec|\\bRuntime\\.exec\\b|new\\s+ProcessBuilder\\b",
              JVM),
          Rule.of(
              "call.shell",
              HIGH,
              "hands text to a shell",
              "\\bos\\.(?:system|popen)\\s*\\(|\\bsubprocess\\.\\w+\\(.{0,200}shell\\s*=\\s*True|\\bchild_process\\b.{0,40}\\bexec(?:Sync)?\\s*\\(",
              SCRIPTS),
          Rule.of(
              "call.unsafe-deserialisation",
              HIGH,
              "builds objects from untrusted bytes",
              "\\b(?:c?[pP]ickle|dill|marshal)\\.loads?\\s*\\(|\\byaml\\.(?:unsafe_load|load)\\s*\\((?!.{0,200}Safe)|new\\s+ObjectInputStream\\s*\\(|\\bMarshal\\.load\\b|\\bunserialize\\s*\\("),
          Rule.of(
              "tls.verification-off",
              HIGH,
              "switches certificate checks off",
              "\\bverify\\s*=\\s*False\\b|InsecureSkipVerify\\s*:\\s*true|rejectUnauthorized\\s*:\\s*false|NODE_TLS_REJECT_UNAUTHORIZED|NoopHostnameVerifier|_create_unverified_context|\\bcurl\\b.{0,80}\\s(?:-k|--insecure)\\b"),
          Rule.of(
              "net.cleartext-url",
              LOW,
              "address without encryption",
              "\\bhttp://(?!localhost\\b|127\\.|0\\.0\\.0\\.0|\\[::1]|www\\.w3\\.org|schemas\\.|xmlns\\.|[\\w.-]*\\bexample\\.(?:com|org|net)|java\\.sun\\.com|maven\\.apache\\.org|www\\.apache\\.org/licenses)[A-Za-z0-9]"),
          Rule.of(
              "shell.pipe-to-shell",
              HIGH,
              "runs what it downloads",
              "\\b(?:curl|wget)\\b[^|]{0,200}\\|\\s*(?:sudo\\s+)?(?:ba|z|da)?sh\\b"),
          Rule.of(
              "crypto.weak-hash",
              LOW,
              "weak hash or cipher",
              "getInstance\\(\\s*\"(?:MD5|SHA-?1|DES|RC4)\\b|\\bhashlib\\.(?:md5|sha1)\\s*\\(|createHash\\(\\s*['\"](?:md5|sha1)['\"]"),
          Rule.of(
              "sql.built-from-text",
              MEDIUM,
              "query built from text",
              "(?i)[\"'](?:select|insert|update|delete)\\s[^\"']{1,200}[\"']\\s*(?:\\+|%|\\.format\\()|(?i)\\bf[\"'](?:select|insert\\s+into|update|delete\\s+from)\\s[^\"']{0,200}\\{"));

  private RiskyCalls() {}
}
