Feature: Extensions
  As an author of workflows
  I want tasks around other tasks
  So that what concerns many tasks is written once

  Scenario: Tasks run before and after the task they extend, and change nothing
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: extension-around
      version: '1.0.0'

    use:
      extensions:
        - audit:
            extend: set
            before:
              - note:
                  set:
                    about: ${ $task.reference }
                  export:
                    as: '($context // []) + [ "before \(.about)" ]'
            after:
              - check:
                  set:
                    about: ${ $task.output.n }
                  export:
                    as: '$context + [ "after \(.about)" ]'
    do:
      - it:
          set: { n: 1 }
      - show:
          do:
            - all:
                switch:
                  - on: { then: continue }
          output:
            as: '{ log: $context, out: . }'
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    log: [ before /do/0/it, after 1 ]
    out: { n: 1 }
    """
    And it should run first
    And note should run after it

  Scenario: Exit before a task takes its place
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: extension-mock
      version: '1.0.0'

    use:
      extensions:
        - mock:
            extend: call
            when: $task.call == "http" and ($task.with.endpoint.uri | startswith("https://mocked.example.com"))
            before:
              - answer:
                  set:
                    status: pending
                  then: exit
    do:
      - getPet:
          call: http
          with:
            method: get
            endpoint:
              uri: https://mocked.example.com/pet/1
          output:
            as: .status
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    pending
    """

  Scenario: An error in an extension is an error of the task it extends
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: extension-error
      version: '1.0.0'

    use:
      extensions:
        - guard:
            extend: set
            before:
              - refuse:
                  raise:
                    error: { type: 'https://example.com/errors/refused', status: 403 }
    do:
      - outer:
          try:
            - it:
                set: { n: 1 }
          catch:
            do:
              - done:
                  switch:
                    - on: { then: continue }
                  output:
                    as: '{ at: $error.instance }'
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    at: /use/extensions/0/guard/before/0/refuse
    """

  Scenario: Only tasks of the kind named are extended
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: extension-kind
      version: '1.0.0'

    use:
      extensions:
        - count:
            extend: composite
            after:
              - one:
                  set: { x: 1 }
                  export:
                    as: '($context // 0) + 1'
    do:
      - list:
          do:
            - inner:
                set: { n: 1 }
      - branches:
          fork:
            branches:
              - a:
                  set: { n: 1 }
      - loop:
          for:
            in: '[1, 2]'
          do:
            - b:
                set: { n: 1 }
      - show:
          set:
            composites: ${ $context }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    composites: 2
    """

  Scenario: Extensions apply in the order in which they are declared
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: extension-order
      version: '1.0.0'

    use:
      extensions:
        - first:
            extend: all
            when: $task.name == "it"
            before:
              - a:
                  set: { x: a }
        - second:
            extend: wait
            before:
              - b:
                  set: { x: b }
    do:
      - it:
          wait: { milliseconds: 1 }
    """
    And given the workflow input is:
    """yaml
    kept: 1
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    kept: 1
    """
    And it should run first
    And a should run after it
    And b should run after a
