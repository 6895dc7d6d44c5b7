Feature: Workflows started by time
  As an author of workflows
  I want a workflow to be started by time
  So that nobody has to start it

  # Tests an interval
  Scenario: Every Second
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: default, name: every, version: '1.0.0' }
    schedule: { every: { seconds: 1 } }
    do:
      - note: { set: { noted: true } }
    """
    When the schedule executes the workflow
    Then the workflow should complete with output:
    """yaml
    noted: true
    """
    And the workflow should have been executed at least 2 times

  # Tests a pause after the end
  Scenario: Again After The End
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: default, name: after, version: '1.0.0' }
    schedule: { after: { milliseconds: 100 } }
    do:
      - rest: { wait: { milliseconds: 100 } }
    """
    When the schedule executes the workflow
    Then the workflow should complete
    And the workflow should have been executed at least 2 times

  # Tests that a scheduled workflow gets an empty input
  Scenario: A Scheduled Workflow Has An Empty Input
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: default, name: scheduled-input, version: '1.0.0' }
    schedule: { after: PT1H }
    do:
      - count: { set: { properties: '${ keys | length }' } }
    """
    When the schedule executes the workflow
    Then the workflow should complete with output:
    """yaml
    properties: 0
    """

  # Tests what is no cron expression
  Scenario: What Is No Cron Expression Is Refused
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: default, name: cron-refused, version: '1.0.0' }
    schedule: { cron: 'every now and then' }
    do:
      - note: { set: { noted: true } }
    """
    Then the workflow should be refused at '/schedule/cron' because of 'cron'
