Feature: Authentication Of Calls
  As an author of workflows
  I want calls to show who they come from in every way the DSL knows
  So that protected services can be used

  # Tests use.authentications
  Scenario: Basic By Name
    Given the service 'https://safe.example' answers:
    """yaml
    - { path: /data, headers: { authorization: Basic YWRhOmxvdmVsYWNl }, body: { in: true } }
    - { status: 401 }
    """
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: basic-by-name
      version: '1.0.0'
    use:
      authentications:
        ada:
          basic:
            username: ada
            password: ${ .password }
    do:
      - fetch:
          call: http
          with:
            method: get
            endpoint:
              uri: https://safe.example/data
              authentication:
                use: ada
    """
    And given the workflow input is:
    """yaml
    password: lovelace
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    in: true
    """

  # Tests the fields of a secret as a whole
  Scenario: Basic From A Secret
    Given the service 'https://safe.example' answers:
    """yaml
    - { path: /data, headers: { authorization: Basic a2VlcGVyOm9mLXRoZS1waGVhc2FudHM= }, body: { in: true } }
    - { status: 401 }
    """
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: basic-from-secret
      version: '1.0.0'
    use:
      secrets: [ keeper ]
    do:
      - fetch:
          call: http
          with:
            method: get
            endpoint:
              uri: https://safe.example/data
              authentication:
                basic: { use: keeper }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    in: true
    """

  # Tests $secrets in a policy
  Scenario: Bearer From A Secret
    Given the service 'https://safe.example' answers:
    """yaml
    - { path: /data, headers: { authorization: Bearer token-of-the-api }, body: { in: true } }
    - { status: 401 }
    """
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: bearer-from-secret
      version: '1.0.0'
    use:
      secrets: [ apiToken ]
    do:
      - fetch:
          call: http
          with:
            method: get
            endpoint:
              uri: https://safe.example/data
              authentication:
                bearer: { token: "${ $secrets.apiToken }" }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    in: true
    """

  # Tests the standard type
  Scenario: A Refused Credential Is An Authentication Error
    Given the service 'https://safe.example' answers:
    """yaml
    - { path: /data, status: 401, body: {} }
    """
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: refused
      version: '1.0.0'
    do:
      - fetch:
          call: http
          with:
            method: get
            endpoint:
              uri: https://safe.example/data
              authentication:
                bearer: { token: wrong }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://serverlessworkflow.io/spec/1.0.0/errors/authentication
    status: 401
    instance: /do/0/fetch
    """
    And the service 'https://safe.example' should have received 1 request

  # Tests the answer to a challenge; the stand-in computes it anew
  Scenario: Digest With MD5
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: digest-md5
      version: '1.0.0'
    do:
      - fetch:
          call: http
          with:
            method: get
            endpoint:
              uri: https://httpbin.org/digest-auth/auth/ada/lovelace
              authentication:
                digest:
                  username: ada
                  password: ${ .password }
    """
    And given the workflow input is:
    """yaml
    password: lovelace
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    authenticated: true
    user: ada
    """

  # Tests the answer to a challenge; the stand-in computes it anew
  Scenario: Digest With SHA-256
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: digest-sha-256
      version: '1.0.0'
    do:
      - fetch:
          call: http
          with:
            method: get
            endpoint:
              uri: https://httpbin.org/digest-auth/auth/ada/lovelace/SHA-256
              authentication:
                digest:
                  username: ada
                  password: ${ .password }
    """
    And given the workflow input is:
    """yaml
    password: lovelace
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    authenticated: true
    user: ada
    """

  # Tests that one wrong answer is enough
  Scenario: Digest With A Wrong Password
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: digest-wrong
      version: '1.0.0'
    do:
      - fetch:
          call: http
          with:
            method: get
            endpoint:
              uri: https://httpbin.org/digest-auth/auth/ada/lovelace
              authentication:
                digest: { username: ada, password: byron }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://serverlessworkflow.io/spec/1.0.0/errors/authentication
    status: 401
    """

  # Tests the token request and the cache
  Scenario: OAuth2 Client Credentials, One Token For Two Calls
    Given the service 'https://issuer.example' answers:
    """yaml
    - { method: post, path: /oauth2/token, form: { grant_type: client_credentials, client_id: workflows, client_secret: secret-of-the-client, scope: read write }, body: { access_token: token-one, token_type: Bearer, expires_in: 3600 } }
    """
    And given the service 'https://safe.example' answers:
    """yaml
    - { path: /data, headers: { authorization: Bearer token-one }, body: { in: true } }
    - { status: 401 }
    """
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: oauth2-cached
      version: '1.0.0'
    use:
      secrets: [ clientSecret ]
      authentications:
        issuer:
          oauth2:
            authority: https://issuer.example
            grant: client_credentials
            client: { id: workflows, secret: "${ $secrets.clientSecret }" }
            scopes: [ read, write ]
    do:
      - fetch:
          call: http
          with:
            method: get
            endpoint:
              uri: https://safe.example/data
              authentication:
                use: issuer
      - again:
          call: http
          with:
            method: get
            endpoint:
              uri: https://safe.example/data
              authentication:
                use: issuer
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    in: true
    """
    And the service 'https://issuer.example' should have received 1 request

  # Tests the one retry on 401 with a fresh token
  Scenario: A Token That Is Refused Is Renewed Once
    Given the service 'https://issuer.example' answers:
    """yaml
    - { path: /oauth2/token, body: { access_token: token-old, token_type: Bearer, expires_in: 3600 }, times: 1 }
    - { path: /oauth2/token, body: { access_token: token-new, token_type: Bearer, expires_in: 3600 } }
    """
    And given the service 'https://safe.example' answers:
    """yaml
    - { path: /data, headers: { authorization: Bearer token-new }, body: { in: true } }
    - { status: 401 }
    """
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: oauth2-renewed
      version: '1.0.0'
    use:
      secrets: [ clientSecret ]
    do:
      - fetch:
          call: http
          with:
            method: get
            endpoint:
              uri: https://safe.example/data
              authentication:
                oauth2:
                  authority: https://issuer.example
                  grant: client_credentials
                  client: { id: workflows, secret: "${ $secrets.clientSecret }" }
                  scopes: [ read, write ]
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    in: true
    """
    And the service 'https://safe.example' should have received 2 requests
    And fetch should run 1 time

  # Tests endpoints.token and client_secret_basic
  Scenario: OAuth2 Password Grant, Client By Basic
    Given the service 'https://issuer.example' answers:
    """yaml
    - { method: post, path: /realms/pets/token, headers: { authorization: Basic d29ya2Zsb3dzOnB3 }, form: { grant_type: password, username: ada, password: love lace }, body: { access_token: token-two, token_type: bearer } }
    """
    And given the service 'https://safe.example' answers:
    """yaml
    - { path: /data, headers: { authorization: Bearer token-two }, body: { in: true } }
    - { status: 401 }
    """
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: oauth2-password
      version: '1.0.0'
    do:
      - fetch:
          call: http
          with:
            method: get
            endpoint:
              uri: https://safe.example/data
              authentication:
                oauth2:
                  authority: https://issuer.example/realms/{realm}
                  endpoints: { token: /token }
                  grant: password
                  client: { id: workflows, secret: pw, authentication: client_secret_basic }
                  username: ada
                  password: ${ .password }
    """
    And given the workflow input is:
    """yaml
    realm: pets
    password: love lace
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    in: true
    """

  # Tests subject, actor and request.encoding
  Scenario: OAuth2 Token Exchange With A JSON Request
    Given the service 'https://issuer.example' answers:
    """yaml
    - { method: post, path: /oauth2/token, request: { grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange', subject_token: s1, subject_token_type: 'urn:t:s', actor_token: a1, actor_token_type: 'urn:t:a', audience: runtime, client_id: workflows }, body: { access_token: token-three, token_type: N_A } }
    """
    And given the service 'https://safe.example' answers:
    """yaml
    - { path: /data, headers: { authorization: Bearer token-three }, body: { in: true } }
    - { status: 401 }
    """
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: oauth2-exchange
      version: '1.0.0'
    do:
      - fetch:
          call: http
          with:
            method: get
            endpoint:
              uri: https://safe.example/data
              authentication:
                oauth2:
                  authority: https://issuer.example
                  grant: 'urn:ietf:params:oauth:grant-type:token-exchange'
                  client: { id: workflows, authentication: none }
                  request: { encoding: application/json }
                  audiences: [ runtime ]
                  subject: { token: s1, type: 'urn:t:s' }
                  actor: { token: a1, type: 'urn:t:a' }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    in: true
    """

  # Tests discovery
  Scenario: OpenID Connect Finds The Token Endpoint
    Given the service 'https://issuer.example' answers:
    """yaml
    []
    """
    And given the service 'https://issuer.example' answers:
    """yaml
    - { path: /realms/pets/.well-known/openid-configuration, body: { issuer: https://issuer.example/realms/pets, token_endpoint: https://issuer.example/realms/pets/hidden/token } }
    - { method: post, path: /realms/pets/hidden/token, form: { client_id: workflows }, body: { access_token: token-four, token_type: Bearer } }
    """
    And given the service 'https://safe.example' answers:
    """yaml
    - { path: /data, headers: { authorization: Bearer token-four }, body: { in: true } }
    - { status: 401 }
    """
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: oidc
      version: '1.0.0'
    do:
      - fetch:
          call: http
          with:
            method: get
            endpoint:
              uri: https://safe.example/data
              authentication:
                oidc:
                  authority: https://issuer.example/realms/pets/.well-known/openid-configuration
                  grant: client_credentials
                  client: { id: workflows, secret: pw }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    in: true
    """

  # Tests that the issuer must be the one asked
  Scenario: Metadata Of Another Issuer Is Not Trusted
    Given the service 'https://issuer.example' answers:
    """yaml
    - { path: /realms/pets/.well-known/openid-configuration, body: { issuer: https://other.example, token_endpoint: https://other.example/token } }
    """
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: oidc-stranger
      version: '1.0.0'
    do:
      - fetch:
          call: http
          with:
            method: get
            endpoint:
              uri: https://safe.example/data
              authentication:
                oidc:
                  authority: https://issuer.example/realms/pets/.well-known/openid-configuration
                  grant: client_credentials
                  client: { id: workflows, secret: pw }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://serverlessworkflow.io/spec/1.0.0/errors/authentication
    status: 401
    """

  # Tests that the service is not even asked
  Scenario: A Token Endpoint That Refuses Is An Authentication Error
    Given the service 'https://issuer.example' answers:
    """yaml
    - { path: /oauth2/token, status: 400, body: { error: invalid_client } }
    """
    And given the service 'https://safe.example' answers:
    """yaml
    - { path: /data, body: { in: true } }
    """
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: oauth2-refused
      version: '1.0.0'
    use:
      secrets: [ clientSecret ]
    do:
      - fetch:
          call: http
          with:
            method: get
            endpoint:
              uri: https://safe.example/data
              authentication:
                oauth2:
                  authority: https://issuer.example
                  grant: client_credentials
                  client: { id: workflows, secret: "${ $secrets.clientSecret }" }
                  scopes: [ read, write ]
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://serverlessworkflow.io/spec/1.0.0/errors/authentication
    status: 401
    """
    And the service 'https://safe.example' should have received 0 requests

  # Tests $authorization in output.as
  Scenario: The Scheme Of The Authorization Is Known After The Call
    Given the service 'https://safe.example' answers:
    """yaml
    - { path: /data, body: { in: true } }
    """
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: authorization-known
      version: '1.0.0'
    do:
      - fetch:
          call: http
          with:
            method: get
            endpoint:
              uri: https://safe.example/data
              authentication:
                bearer: { token: abcdef }
          output:
            as: "${ { in: .in, scheme: $authorization.scheme } }"
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    in: true
    scheme: Bearer
    """

  # Tests refusal at deployment
  Scenario: The Authorization Code Grant Is Refused
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: authorization-code
      version: '1.0.0'
    do:
      - fetch:
          call: http
          with:
            method: get
            endpoint:
              uri: https://safe.example/data
              authentication:
                oauth2:
                  authority: https://issuer.example
                  grant: authorization_code
                  client: { id: workflows, secret: pw }
    """
    Then the workflow should be refused at '/do/0/fetch/with/endpoint/authentication/oauth2/grant' because of 'browser'
