resource "aws_codebuild_project" "api_image" {
  name         = "api-image"
  service_role = "arn:aws:iam::111122223333:role/build"

  artifacts {
    type = "NO_ARTIFACTS"
  }
  environment {
    type            = "LINUX_CONTAINER"
    image           = "aws/codebuild/standard:7.0"
    compute_type    = "BUILD_GENERAL1_SMALL"
    privileged_mode = true
  }
  source {
    type      = "NO_SOURCE"
    buildspec = <<-YAML
      version: 0.2
      phases:
        build:
          commands:
            - docker build -t $REPOSITORY:$TAG .
            - dockle --exit-code 1 --exit-level warn $REPOSITORY:$TAG
            - docker push $REPOSITORY:$TAG
    YAML
  }
}
