Feature: Branches
  As an author of workflows
  I want branches to run beside each other
  So that no branch waits for another without need

  Scenario: The outputs of branches come in the order of the branches
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: fork-order
      version: '1.0.0'

    do:
      - both:
          fork:
            branches:
              - slow:
                  do:
                    - pause:
                        wait: { milliseconds: 300 }
                    - say:
                        set: { by: slow }
              - quick:
                  set: { by: quick }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    [ { by: slow }, { by: quick } ]
    """

  Scenario: The first of competing branches sets the output
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: fork-compete
      version: '1.0.0'

    do:
      - race:
          fork:
            compete: true
            branches:
              - slow:
                  do:
                    - pause:
                        wait: { minutes: 5 }
                    - say:
                        set: { by: slow }
              - quick:
                  do:
                    - pause:
                        wait: { milliseconds: 50 }
                    - say:
                        set: { by: quick }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    by: quick
    """

  Scenario: Exit in a branch ends that branch only
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: fork-exit
      version: '1.0.0'

    do:
      - both:
          fork:
            branches:
              - left:
                  do:
                    - a:
                        set: { n: 1 }
                        then: exit
                    - b:
                        set: { n: 2 }
              - right:
                  set: { n: 3 }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    [ { n: 1 }, { n: 3 } ]
    """

  Scenario: End in a branch ends the workflow and the other branches
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: fork-end
      version: '1.0.0'

    do:
      - both:
          fork:
            branches:
              - slow:
                  wait: { minutes: 5 }
              - quick:
                  set: { stopped: true }
                  then: end
      - never:
          set: { stopped: false }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    stopped: true
    """

  Scenario: A branch that faults faults the fork, and the error names the branch
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: fork-fault
      version: '1.0.0'

    do:
      - guard:
          try:
            - both:
                fork:
                  branches:
                    - slow:
                        wait: { minutes: 5 }
                    - bad:
                        raise:
                          error:
                            type: https://example.com/errors/bad
                            status: 409
          catch:
            do:
              - show:
                  set:
                    at: ${ $error.instance }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    at: /do/0/guard/try/0/both/fork/branches/1/bad
    """

  Scenario: A skipped branch puts out what flowed into it
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: fork-skip
      version: '1.0.0'

    do:
      - both:
          fork:
            branches:
              - never:
                  if: 'false'
                  set: { gone: true }
              - always:
                  set: { here: true }
    """
    And given the workflow input is:
    """yaml
    x: 1
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    [ { x: 1 }, { here: true } ]
    """
