Feature: Saga
  As an author of workflows
  I want to say beside a task how it is undone
  So that a workflow that cannot be finished leaves nothing half done
  This is beyond the standard: 'metadata.signalbox.compensate' of any task, and a function named 'compensate'

  # Tests the order, and that the run ends with its own error
  Scenario: A Fault Undoes What Is Done, Last First
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: saga-order
      version: '1.0.0'
    do:
      - flight:
          set:
            booked: flight
          metadata:
            signalbox:
              compensate:
                - cancelFlight:
                    set:
                      undone: ${ .booked }
      - hotel:
          set:
            booked: hotel
          metadata:
            signalbox:
              compensate:
                - cancelHotel:
                    set:
                      undone: ${ .booked }
      - fail:
          raise:
            error:
              type: https://errors.example/full
              status: 409
              title: Full
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://errors.example/full
    status: 409
    instance: /do/2/fail
    """
    And cancelHotel should run after fail
    And cancelFlight should run after cancelHotel
    And cancelFlight should run last

  Scenario: Nothing Is Undone When All Goes Well
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: saga-well
      version: '1.0.0'
    do:
      - flight:
          set:
            booked: flight
          metadata:
            signalbox:
              compensate:
                - cancelFlight:
                    set:
                      undone: ${ .booked }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    booked: flight
    """
    And cancelFlight should not run

  # Tests tasks that were skipped or came after the fault
  Scenario: What Did Not Happen Is Not Undone
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: saga-skipped
      version: '1.0.0'
    do:
      - flight:
          set:
            booked: flight
          metadata:
            signalbox:
              compensate:
                - cancelFlight:
                    set:
                      undone: ${ .booked }
      - hotel:
          if: 'false'
          set:
            booked: hotel
          metadata:
            signalbox:
              compensate:
                - cancelHotel:
                    set:
                      undone: ${ .booked }
      - fail:
          raise:
            error:
              type: https://errors.example/full
              status: 409
              title: Full
      - car:
          set:
            booked: car
          metadata:
            signalbox:
              compensate:
                - cancelCar:
                    set:
                      undone: ${ .booked }
    """
    When the workflow is executed
    Then the workflow should fault
    And cancelFlight should run 1 time
    And cancelHotel should not run
    And cancelCar should not run

  # Tests the input and output of the undone task, and that a service is told
  Scenario: A Compensation Knows What It Undoes
    Given the service 'https://hotel.example' answers:
    """yaml
    - { method: post, path: /bookings, status: 200, body: { id: H7 } }
    - { method: delete, path: /bookings/H7, status: 200, body: {} }
    """
    And given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: saga-knows
      version: '1.0.0'
    do:
      - hotel:
          call: http
          with:
            method: post
            endpoint: https://hotel.example/bookings
            body:
              guest: ${ .guest }
          metadata:
            signalbox:
              compensate:
                - cancelHotel:
                    call: http
                    with:
                      method: delete
                      endpoint: https://hotel.example/bookings/{id}
                      headers:
                        X-Guest: ${ $compensated.input.guest }
                        X-Task: ${ $compensated.task }
      - fail:
          raise:
            error:
              type: https://errors.example/full
              status: 409
              title: Full
    """
    And given the workflow input is:
    """yaml
    guest: Ada
    """
    When the workflow is executed
    Then the workflow should fault
    And the service 'https://hotel.example' should have received a request:
    """yaml
    method: DELETE
    path: /bookings/H7
    headers: { x-guest: Ada, x-task: /do/0/hotel }
    """

  # Tests that it ends as cancelled once everything is undone
  Scenario: A Cancelled Workflow Is Undone
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: saga-cancelled
      version: '1.0.0'
    do:
      - flight:
          set:
            booked: flight
          metadata:
            signalbox:
              compensate:
                - cancelFlight:
                    set:
                      undone: ${ .booked }
      - rest:
          wait:
            hours: 1
    """
    When the workflow is started
    And the workflow waits for a timer
    And the workflow is cancelled
    Then the workflow should be cancelled
    And rest should be cancelled 1 time
    And cancelFlight should run last

  # Tests denial: the workflow faults over it, and what was done is undone
  Scenario: A Rejected Approval Undoes
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: saga-denied
      version: '1.0.0'
    do:
      - flight:
          set:
            booked: flight
          metadata:
            signalbox:
              compensate:
                - cancelFlight:
                    set:
                      undone: ${ .booked }
      - sign:
          call: approval
          with:
            title: Go on?
            approvers: [ 'role:admin' ]
      - denied:
          if: .decision == "reject"
          raise:
            error:
              type: https://errors.example/denied
              status: 403
              title: Denied
    """
    When the workflow is executed
    And the approval is rejected
    Then the workflow should fault with error:
    """yaml
    status: 403
    """
    And cancelFlight should run last

  Scenario: A Failing Compensation Does Not Stop The Others
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: saga-fails
      version: '1.0.0'
    do:
      - flight:
          set:
            booked: flight
          metadata:
            signalbox:
              compensate:
                - cancelFlight:
                    set:
                      undone: ${ .booked }
      - hotel:
          set:
            booked: hotel
          metadata:
            signalbox:
              compensate:
                - cancelHotel:
                    raise:
                      error:
                        type: https://errors.example/closed
                        status: 503
                        title: Closed
      - fail:
          raise:
            error:
              type: https://errors.example/full
              status: 409
              title: Full
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    status: 409
    """
    And cancelHotel should be faulted 1 time
    And cancelFlight should be completed 1 time

  # Tests the compensation's own try
  Scenario: A Compensation Tries Again As It Says
    Given the service 'https://car.example' answers:
    """yaml
    - { method: delete, path: /cars/1, status: 503, times: 2 }
    - { method: delete, path: /cars/1, status: 200, body: {} }
    """
    And given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: saga-retries
      version: '1.0.0'
    do:
      - car:
          set:
            id: 1
          metadata:
            signalbox:
              compensate:
                - patient:
                    try:
                      - cancelCar:
                          call: http
                          with:
                            method: delete
                            endpoint: https://car.example/cars/{id}
                    catch:
                      errors:
                        with:
                          status: 503
                      retry:
                        delay:
                          milliseconds: 100
                        limit:
                          attempt:
                            count: 5
      - fail:
          raise:
            error:
              type: https://errors.example/full
              status: 409
              title: Full
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    status: 409
    """
    And cancelCar should run 3 times
    And cancelCar should be completed 1 time

  # Tests that a compensation sees the loop's variables as they were
  Scenario: Each Round Of A Loop Is Undone
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: saga-loop
      version: '1.0.0'
    do:
      - seats:
          for:
            each: seat
            in: '["1A", "1B"]'
          do:
            - reserve:
                set:
                  n: ${ $index }
                metadata:
                  signalbox:
                    compensate:
                      - release:
                          if: $seat == "1B" and $index == 1
                          set:
                            free: ${ $seat }
      - fail:
          raise:
            error:
              type: https://errors.example/full
              status: 409
              title: Full
    """
    When the workflow is executed
    Then the workflow should fault
    And release should run 1 time
    And release should be skipped 1 time

  # Tests that a handler that goes another way keeps what is done
  Scenario: A Caught Error Undoes Nothing By Itself
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: saga-caught
      version: '1.0.0'
    do:
      - attempt:
          try:
            - flight:
                set:
                  booked: flight
                metadata:
                  signalbox:
                    compensate:
                      - cancelFlight:
                          set:
                            undone: ${ .booked }
            - fail:
                raise:
                  error:
                    type: https://errors.example/full
                    status: 409
                    title: Full
          catch:
            do:
              - train:
                  set:
                    booked: train
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    booked: train
    """
    And cancelFlight should not run

  # Tests the function 'compensate': what was done before the try stays
  Scenario: A Handler Undoes The Body Of Its Try
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: saga-handler
      version: '1.0.0'
    do:
      - ticket:
          set:
            booked: ticket
          metadata:
            signalbox:
              compensate:
                - cancelTicket:
                    set:
                      undone: ${ .booked }
      - attempt:
          try:
            - flight:
                set:
                  booked: flight
                metadata:
                  signalbox:
                    compensate:
                      - cancelFlight:
                          set:
                            undone: ${ .booked }
            - fail:
                raise:
                  error:
                    type: https://errors.example/full
                    status: 409
                    title: Full
          catch:
            do:
              - undo:
                  call: compensate
              - tell:
                  set:
                    undone: ${ .completed }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    undone: 1
    """
    And cancelFlight should run 1 time
    And cancelTicket should not run

  Scenario: What A Handler Has Undone Is Not Undone Again
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: saga-once
      version: '1.0.0'
    do:
      - attempt:
          try:
            - flight:
                set:
                  booked: flight
                metadata:
                  signalbox:
                    compensate:
                      - cancelFlight:
                          set:
                            undone: ${ .booked }
            - fail:
                raise:
                  error:
                    type: https://errors.example/full
                    status: 409
                    title: Full
          catch:
            do:
              - undo:
                  call: compensate
      - again:
          raise:
            error:
              type: https://errors.example/again
              status: 500
              title: Again
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://errors.example/again
    """
    And cancelFlight should run 1 time

  # Tests tasks that were done side by side
  Scenario: Branches Are Undone
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: saga-fork
      version: '1.0.0'
    do:
      - both:
          fork:
            branches:
              - flight:
                  set:
                    booked: flight
                  metadata:
                    signalbox:
                      compensate:
                        - cancelFlight:
                            set:
                              undone: ${ .booked }
              - hotel:
                  set:
                    booked: hotel
                  metadata:
                    signalbox:
                      compensate:
                        - cancelHotel:
                            set:
                              undone: ${ .booked }
      - fail:
          raise:
            error:
              type: https://errors.example/full
              status: 409
              title: Full
    """
    When the workflow is executed
    Then the workflow should fault
    And cancelFlight should run 1 time
    And cancelHotel should run 1 time

  Scenario: A Compensation Of A Compensation Is Refused
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: saga-refused
      version: '1.0.0'
    do:
      - flight:
          set:
            booked: true
          metadata:
            signalbox:
              compensate:
                - cancelFlight:
                    set:
                      booked: false
                    metadata:
                      signalbox:
                        compensate:
                          - again:
                              set:
                                booked: true
    """
    Then the workflow should be refused at '/do/0/flight/metadata/signalbox/compensate/0/cancelFlight/metadata/signalbox/compensate' because of 'of its own'
