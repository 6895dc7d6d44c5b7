package io.signalbox.sandbox;

import static io.signalbox.sandbox.Rig.BEARER;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitHubTest {
  private static final String REPO = "/github/repos/acme/payments";
  private static final String COMMENTS = REPO + "/issues/42/comments";

  @TempDir private Path data;

  @Test
  void aPullRequestComesAsJsonOrAsDiffByItsAcceptHeader() throws Exception {
    try (Rig rig = new Rig(data)) {
      var json = rig.get(REPO + "/pulls/42", "Authorization", BEARER);
      assertThat(json.at("/head/repo/full_name")).isEqualTo("acme/payments");
      var diff =
          rig.get(
              REPO + "/pulls/42",
              "Authorization",
              BEARER,
              "Accept",
              "application/vnd.github.v3.diff");
      assertThat(diff.text()).startsWith("diff --git a/README.md b/README.md");
      assertThat(json.at("/changed_files")).isEqualTo("3");
    }
  }

  @Test
  void filesCarryTheirPatchAndCounts() throws Exception {
    try (Rig rig = new Rig(data)) {
      var files = rig.get(REPO + "/pulls/42/files?per_page=2&page=2", "Authorization", BEARER);
      assertThat(files.json()).hasSize(1);
      assertThat(files.at("/0/filename")).endsWith("NightlyExport.java");
      assertThat(files.at("/0/status")).isEqualTo("added");
      assertThat(files.at("/0/additions")).isEqualTo("12");
      assertThat(files.at("/0/patch")).startsWith("@@ -0,0 +1,12 @@");
    }
  }

  @Test
  void credentialsAreJudgedAsGitHubDoes() throws Exception {
    try (Rig rig = new Rig(data)) {
      var wrong = rig.get(REPO + "/pulls/42", "Authorization", "Bearer wrong");
      assertThat(wrong.status()).isEqualTo(401);
      assertThat(wrong.at("/message")).isEqualTo("Bad credentials");
      assertThat(rig.get(REPO + "/pulls/42").status()).isEqualTo(404);
      var stranger = rig.post(COMMENTS, "{\"body\": \"hello\"}");
      assertThat(stranger.status()).isEqualTo(401);
      assertThat(stranger.at("/message")).isEqualTo("Requires authentication");
    }
  }

  @Test
  void anIdempotencyKeyIsIgnoredSoTheSameCommentTwiceMakesTwo() throws Exception {
    try (Rig rig = new Rig(data)) {
      for (int i = 0; i < 2; i++) {
        var made =
            rig.post(
                COMMENTS,
                "{\"body\": \"Held back\"}",
                "Authorization",
                BEARER,
                "Idempotency-Key",
                "one");
        assertThat(made.status()).isEqualTo(201);
      }
      assertThat(rig.get(COMMENTS, "Authorization", BEARER).json()).hasSize(2);
      var first = rig.get(COMMENTS + "?per_page=1", "Authorization", BEARER);
      assertThat(first.json()).hasSize(1);
      assertThat(first.response().headers().firstValue("Link").orElse("")).contains("rel=\"next\"");
    }
  }

  @Test
  void faultyCommentsAndStatusesAreRefusedInGitHubsWords() throws Exception {
    try (Rig rig = new Rig(data)) {
      assertThat(rig.post(COMMENTS, "{}", "Authorization", BEARER).status()).isEqualTo(422);
      var broken = rig.post(COMMENTS, "{\"body", "Authorization", BEARER);
      assertThat(broken.status()).isEqualTo(400);
      assertThat(broken.at("/message")).isEqualTo("Problems parsing JSON");
      var unknown =
          rig.post(
              REPO + "/statuses/0000000000000000000000000000000000000000",
              "{\"state\": \"success\"}",
              "Authorization",
              BEARER);
      assertThat(unknown.status()).isEqualTo(422);
      assertThat(unknown.at("/message")).startsWith("No commit found for SHA");
    }
  }

  @Test
  void aStatusIsListedNewestFirst() throws Exception {
    try (Rig rig = new Rig(data)) {
      String sha = rig.get(REPO + "/pulls/42", "Authorization", BEARER).at("/head/sha");
      for (String state : new String[] {"pending", "success"}) {
        var made =
            rig.post(
                REPO + "/statuses/" + sha,
                "{\"state\": \"" + state + "\", \"context\": \"compliance\"}",
                "Authorization",
                BEARER);
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.at("/context")).isEqualTo("compliance");
      }
      var list = rig.get(REPO + "/commits/" + sha + "/statuses", "Authorization", BEARER);
      assertThat(list.at("/0/state")).isEqualTo("success");
    }
  }
}
