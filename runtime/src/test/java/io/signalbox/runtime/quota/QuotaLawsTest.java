package io.signalbox.runtime.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.protocol.Json;
import io.signalbox.protocol.journal.JournalRow;
import io.signalbox.protocol.quota.Amounts;
import io.signalbox.protocol.quota.Bill;
import io.signalbox.protocol.quota.Budget;
import io.signalbox.protocol.quota.OnLimit;
import io.signalbox.protocol.quota.QuotaCommand.End;
import io.signalbox.protocol.quota.QuotaFact;
import io.signalbox.protocol.quota.QuotaReply;
import io.signalbox.protocol.quota.QuotaTurn;
import io.signalbox.runtime.quota.QuotaState.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Random requests in random order against random budgets, some repeated, some answered late or
 * never. {@code -Dproof.seed} begins elsewhere, {@code -Dproof.cases} plays more.
 */
class QuotaLawsTest {
  private static final int CASES = Integer.getInteger("proof.cases", 1000);
  private static final long SEED = Long.getLong("proof.seed", 20260115L);
  private static final Instant BEGIN = Instant.parse("2026-01-02T03:04:05Z");
  private static final Deciding.Bounds BOUNDS = new Deciding.Bounds(500, Duration.ofMinutes(10));
  private static final List<String> AGENTS = List.of("ada", "bob", "eve");

  /** A call as the world knows it. */
  private record Told(Bill bill, Instant at, Stage stage, Amounts drawn) {}

  @Test
  void nothingIsOverspentWhateverComesInWhateverOrder() {
    int refused = 0;
    int granted = 0;
    for (int i = 0; i < CASES; i++) {
      var play = new Play(SEED + i);
      play.play();
      refused += play.refused;
      granted += play.told.size();
    }
    // it is no proof where nothing was refused, or everything
    assertThat(refused).isGreaterThan(CASES);
    assertThat(granted).isGreaterThan(CASES);
  }

  private static final class Play {
    private final SplittableRandom random;
    private final long seed;
    private final List<Budget> budgets = new ArrayList<>();
    private final Map<String, Told> told = new HashMap<>();
    private final List<QuotaTurn> journal = new ArrayList<>();
    private QuotaState state = QuotaState.EMPTY;
    private Instant now = BEGIN;
    private int refused;

    Play(long seed) {
      this.seed = seed;
      this.random = new SplittableRandom(seed);
      for (int i = 0; i <= random.nextInt(3); i++) {
        budgets.add(budget("b" + i));
      }
    }

    private <T> Optional<T> maybe(T value) {
      return random.nextBoolean() ? Optional.of(value) : Optional.empty();
    }

    private Budget budget(String name) {
      Map<String, String> scope =
          switch (random.nextInt(3)) {
            case 0 -> Map.of();
            case 1 -> Map.of(Budget.AGENT, AGENTS.get(random.nextInt(3)));
            default -> Map.of(Budget.AGENT, Budget.EACH);
          };
      return new Budget(
          name,
          scope,
          maybe((long) random.nextInt(12)),
          maybe((long) random.nextInt(2000)),
          maybe((long) random.nextInt(5000)),
          maybe(Duration.ofMillis(random.nextInt(60_000))),
          maybe(Duration.ofSeconds(1 + random.nextInt(90))),
          Optional.empty(),
          maybe(1 + random.nextInt(4)),
          OnLimit.FAIL);
    }

    void play() {
      for (int turn = 0; turn < 25; turn++) {
        now = now.plusMillis(random.nextInt(5_000));
        var deciding = new Deciding(budgets, BOUNDS, state, now);
        for (int i = 0; i <= random.nextInt(8); i++) {
          step(deciding);
        }
        if (random.nextInt(6) == 0) {
          deciding.sweep();
        }
        journal.add(new QuotaTurn(now, "", deciding.facts()));
        state = deciding.state();
        check();
      }
    }

    private void step(Deciding deciding) {
      String key = "k" + random.nextInt(30);
      int before = deciding.facts().size();
      Told known = told.get(key);
      if (known == null || random.nextInt(4) == 0) {
        Bill bill = known == null ? bill(key) : known.bill();
        boolean fits = fits(bill);
        QuotaReply reply = deciding.reserve(bill, now.plusSeconds(3600));
        if (known != null) {
          assertThat(reply).as(why()).isEqualTo(new QuotaReply.Granted(key));
          assertThat(deciding.facts()).as("counted once " + why()).hasSize(before);
        } else if (reply instanceof QuotaReply.Granted) {
          assertThat(fits).as("granted though full " + why()).isTrue();
          told.put(key, new Told(bill, now, Stage.OPEN, bill.most()));
        } else {
          assertThat(fits).as("refused though there is room " + why()).isFalse();
          refused++;
        }
        return;
      }
      settle(deciding, known, key, before);
    }

    private void settle(Deciding deciding, Told known, String key, int before) {
      End end = List.of(End.DONE, End.FAILED, End.UNKNOWN).get(random.nextInt(3));
      Amounts most = known.bill().most();
      Amounts drawn =
          new Amounts(
              1,
              random.nextLong(most.tokens() + 1),
              random.nextLong(most.costMicros() + 1),
              random.nextLong(most.millis() + 1));
      deciding.settle(key, end, Optional.of(drawn));
      if (known.stage() == Stage.MADE) {
        assertThat(deciding.facts()).as("settled once " + why()).hasSize(before);
        return;
      }
      switch (end) {
        case DONE -> {
          // of what nobody knew, all stays counted
          if (known.stage() == Stage.OPEN) {
            told.put(key, new Told(known.bill(), known.at(), Stage.MADE, drawn));
          }
        }
        case FAILED -> told.remove(key);
        case UNKNOWN -> told.put(key, new Told(known.bill(), known.at(), Stage.UNKNOWN, most));
      }
    }

    private Bill bill(String key) {
      return new Bill(
          "default",
          key,
          Map.of(Budget.AGENT, AGENTS.get(random.nextInt(3)), Budget.RUN, key),
          new Amounts(1, random.nextLong(500), random.nextLong(900), random.nextLong(20_000)));
    }

    private boolean fits(Bill bill) {
      return budgets.stream()
          .filter(it -> it.covers(bill.path()))
          .allMatch(it -> within(it, drawn(it, bill).plus(bill.most()), open(it, bill) + 1));
    }

    private boolean within(Budget budget, Amounts drawn, long open) {
      return budget.calls().filter(most -> drawn.calls() > most).isEmpty()
          && budget.tokens().filter(most -> drawn.tokens() > most).isEmpty()
          && budget.costMicros().filter(most -> drawn.costMicros() > most).isEmpty()
          && budget.time().filter(most -> drawn.millis() > most.toMillis()).isEmpty()
          && budget.concurrency().filter(most -> open > most).isEmpty();
    }

    private boolean together(Budget budget, Bill one, Bill other) {
      return budget.covers(other.path())
          && (!Budget.EACH.equals(budget.scope().get(Budget.AGENT))
              || one.path()
                  .getOrDefault(Budget.AGENT, "")
                  .equals(other.path().getOrDefault(Budget.AGENT, "")));
    }

    /** Added up anew from what the world knows, in the period of now. */
    private Amounts drawn(Budget budget, Bill like) {
      return told.values().stream()
          .filter(it -> together(budget, like, it.bill()))
          .filter(
              it ->
                  budget
                      .period()
                      .map(p -> CounterId.start(p, now).equals(CounterId.start(p, it.at())))
                      .orElse(true))
          .map(Told::drawn)
          .reduce(Amounts.NONE, Amounts::plus);
    }

    /** A new period has new places too. */
    private long open(Budget budget, Bill like) {
      return told.values().stream()
          .filter(it -> it.stage() == Stage.OPEN && together(budget, like, it.bill()))
          .filter(
              it ->
                  budget
                      .period()
                      .map(p -> CounterId.start(p, now).equals(CounterId.start(p, it.at())))
                      .orElse(true))
          .count();
    }

    private void check() {
      for (Told it : told.values()) {
        for (Budget budget : budgets) {
          if (budget.covers(it.bill().path())) {
            Amounts drawn = drawn(budget, it.bill());
            assertThat(within(budget, drawn, 0)).as("overspent " + budget + why()).isTrue();
            Counter counter = state.counter(CounterId.of(budget, it.bill().path(), now).text());
            assertThat(counter.drawn()).as("counted right " + budget + why()).isEqualTo(drawn);
          }
        }
      }
      QuotaState replayed = QuotaState.EMPTY;
      for (QuotaTurn turn : journal) {
        replayed =
            replayed.after(JournalRow.read(JournalRow.of(turn).bytes(), QuotaTurn.class).turn());
      }
      assertThat(Json.tree(replayed))
          .as("state is what its facts say " + why())
          .isEqualTo(Json.tree(state));
    }

    private String why() {
      return "(seed " + seed + ", turn " + journal.size() + ", budgets " + budgets + ")";
    }
  }

  @Test
  void whatFailedForCertainComesBackAlsoWhereNobodyKnewBefore() {
    Budget one =
        new Budget(
            "one",
            Map.of(),
            Optional.of(1L),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            OnLimit.FAIL);
    var deciding = new Deciding(List.of(one), BOUNDS, QuotaState.EMPTY, BEGIN);
    Bill first = new Bill("default", "first", Map.of(), new Amounts(1, 0, 0, 0));
    Bill second = new Bill("default", "second", Map.of(), new Amounts(1, 0, 0, 0));
    assertThat(deciding.reserve(first, BEGIN)).isInstanceOf(QuotaReply.Granted.class);
    deciding.settle("first", End.UNKNOWN, Optional.empty());
    assertThat(deciding.reserve(second, BEGIN)).isInstanceOf(QuotaReply.Refused.class);
    deciding.settle("first", End.FAILED, Optional.empty());
    assertThat(deciding.reserve(second, BEGIN)).isInstanceOf(QuotaReply.Granted.class);
    assertThat(deciding.facts()).hasAtLeastOneElementOfType(QuotaFact.Returned.class);
  }
}
