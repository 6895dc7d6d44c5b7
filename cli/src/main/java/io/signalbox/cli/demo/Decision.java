package io.signalbox.cli.demo;

import io.signalbox.cli.Ink;
import io.signalbox.cli.Trouble;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;

/** How the question to the compliance officer is answered. */
enum Decision {
  APPROVE("approve", "success", "seen and accepted for this release"),
  REJECT("reject", "failure", "card data must not leave the company this way"),
  ASK("", "", "");

  private final String word;
  private final String status;
  private final String reason;

  Decision(String word, String status, String reason) {
    this.word = word;
    this.status = status;
    this.reason = reason;
  }

  String word() {
    return word;
  }

  /** The commit status that must come of it. */
  String status() {
    return status;
  }

  String reason() {
    return reason;
  }

  /** The decision itself, or what the person at the terminal says. */
  Decision taken(Stage stage) throws Trouble {
    if (this != ASK) {
      return this;
    }
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
    while (true) {
      stage
          .out()
          .print("   " + Ink.BOLD.on("You are carol, the compliance officer. Approve? [y/n] "));
      stage.out().flush();
      try {
        String answer = in.readLine();
        if (answer == null) {
          throw Trouble.here("nobody decided", "say --approve or --reject");
        }
        if (answer.strip().matches("(?i)y|yes|approve")) {
          return APPROVE;
        }
        if (answer.strip().matches("(?i)n|no|reject")) {
          return REJECT;
        }
      } catch (IOException e) {
        throw Trouble.here(
            "the answer cannot be read: " + e.getMessage(), "say --approve or --reject");
      }
    }
  }
}
