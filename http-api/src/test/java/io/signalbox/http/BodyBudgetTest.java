package io.signalbox.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.http.wire.Problem;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class BodyBudgetTest {
  @Test
  void whatIsSetAsideComesBackWhenTheWorkIsDone() {
    BodyBudget budget = new BodyBudget(100);
    CompletableFuture<String> first = new CompletableFuture<>();
    var one = budget.within(60, () -> first);
    assertThatThrownBy(() -> budget.within(60, CompletableFuture::new))
        .isInstanceOfSatisfying(Problem.class, it -> assertThat(it.status()).isEqualTo(503));
    first.complete("done");
    assertThat(one.toCompletableFuture()).isCompletedWithValue("done");
    assertThatThrownBy(
            () ->
                budget.within(
                    100,
                    () -> {
                      throw new IllegalStateException("broken");
                    }))
        .hasMessage("broken");
    assertThat(
            budget.within(100, () -> CompletableFuture.completedStage("all")).toCompletableFuture())
        .isCompletedWithValue("all");
  }
}
