Feature: Labels
  As an operator
  I want workflows to label their runs as they learn what they are about
  So that a run is found by what it is about
  This is beyond the standard: 'metadata.signalbox.labels' of any task

  # Tests literals and expressions over the task's output
  Scenario: A Task Labels Its Run
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: labels-set
      version: '1.0.0'
    do:
      - rate:
          set:
            tier: ${ if .spent > 100 then "gold" else "plain" end }
          metadata:
            signalbox:
              labels:
                tier: ${ .tier }
                source: shop
                spent: ${ $input.spent }
    """
    And given the workflow input is:
    """yaml
    spent: 250
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    tier: gold
    """
    And the workflow should be labelled 'tier' 'gold'
    And the workflow should be labelled 'source' 'shop'
    And the workflow should be labelled 'spent' '250'

  Scenario: A Later Task Changes And Removes Labels
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: labels-change
      version: '1.0.0'
    do:
      - begin:
          set:
            n: 1
          metadata:
            signalbox:
              labels:
                stage: begun
                draft: 'yes'
      - finish:
          set:
            n: 2
          metadata:
            signalbox:
              labels:
                stage: finished
                draft: ${ null }
    """
    When the workflow is executed
    Then the workflow should complete
    And the workflow should be labelled 'stage' 'finished'
    And the workflow should not be labelled 'draft'

  # Tests the place of the error
  Scenario: A Label That Is No Text Faults
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: labels-object
      version: '1.0.0'
    do:
      - bad:
          set:
            n: 1
          metadata:
            signalbox:
              labels:
                whole: ${ . }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    status: 400
    instance: /do/0/bad
    """

  Scenario: A Label Of A Skipped Task Is Not Set
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: labels-skipped
      version: '1.0.0'
    do:
      - never:
          if: 'false'
          set:
            n: 1
          metadata:
            signalbox:
              labels:
                seen: 'yes'
    """
    When the workflow is executed
    Then the workflow should complete
    And the workflow should not be labelled 'seen'

  Scenario: An Unknown Variable In A Label Is Refused
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: labels-refused
      version: '1.0.0'
    do:
      - bad:
          set:
            n: 1
          metadata:
            signalbox:
              labels:
                who: ${ $nobody }
    """
    Then the workflow should be refused at '/do/0/bad/metadata/signalbox/labels/who' because of 'nobody'
