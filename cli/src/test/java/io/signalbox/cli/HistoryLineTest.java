package io.signalbox.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HistoryLineTest {
  @Test
  void aRepeatedCallSaysWhy() {
    assertThat(
            said(
                "tool.called",
                "{\"target\": \"jira.create-issue\", \"key\": \"r1-7\", \"attempt\": 2,"
                    + " \"why\": \"the probe found nothing\"}"))
        .isEqualTo("→ jira.create-issue, key …-7, attempt 2: the probe found nothing");
  }

  @Test
  void whatAProbeSettledSaysSo() {
    assertThat(
            said(
                "tool.returned",
                "{\"settledBy\": \"probe\", \"outcome\": {\"outcome\": \"succeeded\"}}"))
        .isEqualTo("settled by probe, succeeded");
  }

  @Test
  void aDecisionNamesThePersonAndTheReason() {
    assertThat(
            said(
                "approval.decided",
                "{\"vote\": {\"decision\": \"approve\", \"by\": \"user:carol\","
                    + " \"reason\": \"seen\"}}"))
        .isEqualTo("approve by user:carol: seen");
  }

  @Test
  void longWordsAreCut() {
    assertThat(Words.shortened("a".repeat(200), 10)).hasSize(10).endsWith("…");
  }

  private static String said(String type, String data) {
    return HistoryLine.said(
        new HistoryEvent(1, "2026-01-15T09:30:12Z", type, "/do/0/a", Json.lenient(data)));
  }
}
