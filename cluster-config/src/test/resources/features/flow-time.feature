Feature: Waiting and timeouts
  As an author of workflows
  I want time to be a limit and a pause
  So that nothing waits for ever

  Scenario: A wait takes all forms of a duration
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: wait-forms
      version: '1.0.0'

    do:
      - object:
          wait: { seconds: 0, milliseconds: 10 }
      - text:
          wait: PT0.01S
      - expression:
          wait: ${ "PT0.0\(.n)S" }
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
    And object should run first
    And expression should run last

  Scenario: A task that takes too long raises a timeout error
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: timeout-task
      version: '1.0.0'

    do:
      - slow:
          wait: { minutes: 5 }
          timeout:
            after: { milliseconds: 50 }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://serverlessworkflow.io/spec/1.0.0/errors/timeout
    status: 408
    instance: /do/0/slow
    """

  Scenario: A reusable timeout is found by its name
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: timeout-reusable
      version: '1.0.0'

    use:
      timeouts:
        short:
          after: PT0.05S
    do:
      - slow:
          do:
            - pause:
                wait: { minutes: 5 }
          timeout: short
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://serverlessworkflow.io/spec/1.0.0/errors/timeout
    status: 408
    instance: /do/0/slow
    """

  Scenario: A timeout error can be caught
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: timeout-caught
      version: '1.0.0'

    do:
      - guard:
          try:
            - slow:
                wait: { minutes: 5 }
                timeout:
                  after: { milliseconds: 50 }
          catch:
            errors:
              with:
                type: https://serverlessworkflow.io/spec/1.0.0/errors/timeout
            do:
              - show:
                  set: { late: true }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    late: true
    """

  Scenario: A workflow that takes too long faults
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: timeout-workflow
      version: '1.0.0'

    timeout:
      after: { milliseconds: 100 }

    do:
      - guard:
          try:
            - slow:
                wait: { minutes: 5 }
          catch:
            do:
              - never:
                  set: { caught: true }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://serverlessworkflow.io/spec/1.0.0/errors/timeout
    status: 408
    """

  Scenario: The limit of a task may be an expression over its input
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: timeout-expression
      version: '1.0.0'

    do:
      - slow:
          input:
            from: .limit
          fork:
            branches:
              - a:
                  wait: { minutes: 5 }
              - b:
                  wait: { minutes: 5 }
          timeout:
            after: ${ . }
    """
    And given the workflow input is:
    """yaml
    limit: PT0.05S
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://serverlessworkflow.io/spec/1.0.0/errors/timeout
    instance: /do/0/slow
    """
