Feature: Faults, catching and trying again
  As an author of workflows
  I want errors to be caught by what they are, and tried again by a policy
  So that a passing failure does not end a run

  Scenario: An inline error is raised with its expressions evaluated
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: raise-inline
      version: '1.0.0'

    do:
      - fail:
          raise:
            error:
              type: https://example.com/errors/out-of-stock
              status: 409
              title: ${ "No " + .item }
              detail: ${ "wanted \(.n)" }
    """
    And given the workflow input is:
    """yaml
    item: tea
    n: 3
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://example.com/errors/out-of-stock
    status: 409
    title: No tea
    detail: wanted 3
    instance: /do/0/fail
    """

  Scenario: A reusable error is raised by its name
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: raise-reusable
      version: '1.0.0'

    use:
      errors:
        broken:
          type: https://example.com/errors/broken
          status: 500
          title: Broken
    do:
      - outer:
          do:
            - fail:
                raise:
                  error: broken
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://example.com/errors/broken
    status: 500
    title: Broken
    instance: /do/0/outer/do/0/fail
    """

  Scenario: An error is caught by all the properties of the filter
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: catch-all-properties
      version: '1.0.0'

    do:
      - guard:
          try:
            - fail:
                raise:
                  error:
                    type: https://example.com/errors/x
                    status: 418
                    title: Teapot
                    detail: short and stout
          catch:
            errors:
              with:
                type: https://example.com/errors/x
                status: 418
                title: Teapot
                details: short and stout
                instance: /do/0/guard/try/0/fail
            do:
              - caught:
                  set: { caught: true }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    caught: true
    """

  Scenario: An error that differs in one property is not caught
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: catch-one-differs
      version: '1.0.0'

    do:
      - guard:
          try:
            - fail:
                raise:
                  error:
                    type: https://example.com/errors/x
                    status: 418
                    title: Teapot
          catch:
            errors:
              with:
                status: 418
                title: Kettle
            do:
              - caught:
                  set: { caught: true }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    status: 418
    title: Teapot
    """

  Scenario: The condition of a catch sees the error
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: catch-when
      version: '1.0.0'

    do:
      - guard:
          try:
            - fail:
                raise:
                  error: { type: 'https://example.com/errors/x', status: 503 }
          catch:
            as: problem
            when: $problem.status >= 500
            do:
              - caught:
                  set:
                    status: ${ $problem.status }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    status: 503
    """

  Scenario: A catch makes exceptions
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: catch-except-when
      version: '1.0.0'

    do:
      - guard:
          try:
            - fail:
                raise:
                  error: { type: 'https://example.com/errors/x', status: 503 }
          catch:
            exceptWhen: .status == 503
            do:
              - caught:
                  set: { caught: true }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    status: 503
    """

  Scenario: What catches and does nothing lets the input of the try go on
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: catch-nothing
      version: '1.0.0'

    do:
      - guard:
          try:
            - change:
                set: { n: 2 }
            - fail:
                raise:
                  error: { type: 'https://example.com/errors/x', status: 500 }
          catch: {}
    """
    And given the workflow input is:
    """yaml
    n: 1
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    n: 1
    """

  Scenario: The handler sees the input of the try and the error under its default name
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: catch-input
      version: '1.0.0'

    do:
      - guard:
          input:
            from: .inner
          try:
            - change:
                set: { n: 2 }
            - fail:
                raise:
                  error: { type: 'https://example.com/errors/x', status: 500 }
          catch:
            do:
              - show:
                  set:
                    input: ${ . }
                    status: ${ $error.status }
    """
    And given the workflow input is:
    """yaml
    inner: { n: 1 }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    input: { n: 1 }
    status: 500
    """

  Scenario: An error in a handler goes to the try around it
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: catch-nested
      version: '1.0.0'

    do:
      - outer:
          try:
            - inner:
                try:
                  - fail:
                      raise:
                        error: { type: 'https://example.com/errors/first', status: 500 }
                catch:
                  do:
                    - worse:
                        raise:
                          error: { type: 'https://example.com/errors/second', status: 500 }
          catch:
            do:
              - show:
                  set:
                    type: ${ $error.type }
                    at: ${ $error.instance }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    type: https://example.com/errors/second
    at: /do/0/outer/try/0/inner/catch/do/0/worse
    """

  Scenario: A policy tries again until the body succeeds
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: retry-succeeds
      version: '1.0.0'

    do:
      - guard:
          try:
            - count:
                set:
                  tries: ${ ($context.tries // 0) + 1 }
                export:
                  as: '{ tries: .tries }'
            - check:
                if: .tries < 3
                raise:
                  error: { type: 'https://example.com/errors/busy', status: 503 }
          catch:
            retry:
              delay: { milliseconds: 20 }
              backoff:
                exponential: {}
              limit:
                attempt:
                  count: 5
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    tries: 3
    """

  Scenario: After the last attempt the handler runs
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: retry-exhausted-handler
      version: '1.0.0'

    do:
      - guard:
          try:
            - count:
                set:
                  tries: ${ ($context.tries // 0) + 1 }
                export:
                  as: '{ tries: .tries }'
            - fail:
                raise:
                  error: { type: 'https://example.com/errors/busy', status: 503 }
          catch:
            retry:
              delay: { milliseconds: 5 }
              backoff:
                linear: {}
              limit:
                attempt:
                  count: 2
            do:
              - show:
                  set:
                    tries: ${ $context.tries }
                    status: ${ $error.status }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    tries: 3
    status: 503
    """

  Scenario: After the last attempt and without a handler the error goes on
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: retry-exhausted
      version: '1.0.0'

    do:
      - guard:
          try:
            - fail:
                raise:
                  error: { type: 'https://example.com/errors/busy', status: 503 }
          catch:
            retry:
              delay: { milliseconds: 5 }
              limit:
                attempt:
                  count: 1
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://example.com/errors/busy
    status: 503
    instance: /do/0/guard/try/0/fail
    """

  Scenario: A reusable policy with jitter is found by its name
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: retry-reusable
      version: '1.0.0'

    use:
      retries:
        soon:
          delay: { milliseconds: 10 }
          jitter:
            from: { milliseconds: 5 }
            to: { milliseconds: 20 }
          limit:
            attempt:
              count: 3
    do:
      - guard:
          try:
            - count:
                set:
                  tries: ${ ($context.tries // 0) + 1 }
                export:
                  as: '{ tries: .tries }'
            - check:
                if: .tries < 2
                raise:
                  error: { type: 'https://example.com/errors/busy', status: 503 }
          catch:
            retry: soon
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    tries: 2
    """

  Scenario: A policy tries again only when its condition holds
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: retry-when
      version: '1.0.0'

    do:
      - guard:
          try:
            - fail:
                raise:
                  error: { type: 'https://example.com/errors/gone', status: 410 }
          catch:
            retry:
              when: .status == 503
              delay: { minutes: 5 }
            do:
              - show:
                  set:
                    status: ${ $error.status }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    status: 410
    """

  Scenario: No retry begins once the time for all of them is over
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: retry-duration
      version: '1.0.0'

    do:
      - guard:
          try:
            - fail:
                raise:
                  error: { type: 'https://example.com/errors/busy', status: 503 }
          catch:
            retry:
              delay: { minutes: 5 }
              limit:
                duration: { seconds: 10 }
            do:
              - show:
                  set: { gaveUp: true }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    gaveUp: true
    """

  Scenario: An attempt that takes too long is given up
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: retry-attempt-duration
      version: '1.0.0'

    do:
      - guard:
          try:
            - count:
                set:
                  tries: ${ ($context.tries // 0) + 1 }
                export:
                  as: '{ tries: .tries }'
            - first:
                if: .tries == 1
                raise:
                  error: { type: 'https://example.com/errors/busy', status: 503 }
            - pause:
                wait: { minutes: 5 }
          catch:
            retry:
              limit:
                attempt:
                  count: 1
                  duration: { milliseconds: 100 }
            do:
              - show:
                  set:
                    type: ${ $error.type }
                    status: ${ $error.status }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    type: https://serverlessworkflow.io/spec/1.0.0/errors/timeout
    status: 408
    """
