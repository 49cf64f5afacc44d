from sqlalchemy import BigInteger, Column, Enum, ForeignKey, String
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Report(Base):
    __tablename__ = "reports"
    id = Column(BigInteger, primary_key=True)
    title = Column(String(200), nullable=False)
    state = Column(Enum("open", "closed", name="report_state"), server_default="open")


class Charge(Base):
    __tablename__ = "charges"
    id = Column(BigInteger, primary_key=True)
    report_id = Column(ForeignKey("reports.id", ondelete="CASCADE"), index=True)
    code = Column(String(20))


class ForensicReport(Base):
    __tablename__ = "forensic_reports"
    id = Column(BigInteger, primary_key=True)
    report_id = Column(ForeignKey("reports.id"), nullable=False)


if __name__ == "__main__":
    import os

    from sqlalchemy import create_engine

    Base.metadata.create_all(create_engine(os.environ["DATABASE_URL"].replace("postgresql:", "postgresql+psycopg:")))
