package io.signalbox.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.function.Function;

/**
 * A rule, written for any root package, that must catch every offender of its fixture before what
 * ships is held to it: a rule that catches nothing proves nothing.
 */
record Proof(Function<String, ArchRule> rule) {

  static Proof of(ArchRule rule) {
    return new Proof(_ -> rule);
  }

  /** Shows that the rule catches these simple names of {@code fixtures.<name>}. */
  Proof catches(String name, String... offenders) {
    List<String> details =
        rule.apply(Compiled.FIXTURES + name)
            .evaluate(Compiled.fixture(name))
            .getFailureReport()
            .getDetails();
    for (String offender : offenders) {
      assertThat(details).as("offences of %s", offender).anyMatch(line -> line.contains(offender));
    }
    return this;
  }

  /** Shows that the rule lets these simple names of {@code fixtures.<name>} through. */
  Proof spares(String name, String innocent) {
    assertThat(
            rule.apply(Compiled.FIXTURES + name)
                .evaluate(Compiled.fixture(name))
                .getFailureReport()
                .getDetails())
        .noneMatch(line -> line.contains(innocent));
    return this;
  }

  void holds() {
    holdsFor(Compiled.production());
  }

  void holdsFor(JavaClasses classes) {
    rule.apply(Compiled.ROOT).check(classes);
  }
}
